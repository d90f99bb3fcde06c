import bisect

grades = [60, 70, 80, 90]
print(["FDCBA"[bisect.bisect(grades, score)] for score in (33, 60, 77, 89, 90, 100)])
print(bisect.bisect_left([1, 2, 2, 3], 2), bisect.bisect_right([1, 2, 2, 3], 2), bisect.bisect([1, 2, 3], 2, 2))
rows = [("a", 1), ("b", 5)]
bisect.insort(rows, ("c", 3), key=lambda row: row[1])
print(rows, bisect.bisect_left(rows, 4, key=lambda row: row[1]))
try:
    bisect.bisect([1], 1, -1)
except ValueError as error:
    print(error)
