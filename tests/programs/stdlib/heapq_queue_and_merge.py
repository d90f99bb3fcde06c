import heapq

heap = []
for n in [5, 1, 4, 2, 3]:
    heapq.heappush(heap, n)
print(heap, heapq.heappushpop(heap, 0), heapq.heapreplace(heap, 9), heap)
print([heapq.heappop(heap) for _ in range(len(heap))])
numbers = [7, 2, 9, 4, 4, 1, 8]
heapq.heapify(numbers)
print(numbers, heapq.nsmallest(3, numbers), heapq.nlargest(2, numbers), heapq.nlargest(2, ["a", "ccc", "bb"], key=len))
print(list(heapq.merge([1, 4, 7], [2, 4], iter([0, 9]))), list(heapq.merge([9, 3], [5], reverse=True)))
print(list(heapq.merge(["a", "BB"], ["c"], key=len)))
try:
    heapq.heappop([])
except IndexError as error:
    print(error)
