import heapq, bisect
h = []
for n in 5, 1, 4, 1, 3:
    heapq.heappush(h, n)
print(h, [heapq.heappop(h) for _ in range(5)], h)
h = [9, 2, 7]; heapq.heapify(h)
for expression in """
h, heapq.heappushpop(h, 1), heapq.heapreplace(h, 8), h, heapq.nlargest(2, [3, 9, 4]), heapq.nsmallest(2, "hello"), heapq.nsmallest(1, ["aa", "b"], key=len)
list(heapq.merge([1, 4], [2, 3])), list(heapq.merge("ca", "b", reverse=True)), list(heapq.merge(["aa"], ["b"], key=len))
bisect.bisect([1, 3, 3, 5], 3), bisect.bisect_left([1, 3, 3, 5], 3), bisect.bisect_right([], 1), bisect.bisect([1, 2, 3], 2, 0, 1), bisect.bisect_left(["a", "bb"], 2, key=len)
heapq.heappop([])
bisect.bisect([1], "a")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
a = [1, 3]; bisect.insort(a, 2); bisect.insort_left(a, 3); print(a)
