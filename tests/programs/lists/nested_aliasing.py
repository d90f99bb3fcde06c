row = [0] * 3
grid = [row] * 2
grid[0][0] = 1
print(grid)
grid = [[0] * 3 for _ in range(2)]
grid[0][0] = 1
print(grid)
import copy
a = [1, [2, 3], {"k": [4]}]
shallow, deep = copy.copy(a), copy.deepcopy(a)
a[1].append(9); a[2]["k"].append(9)
print(shallow, deep)
loop = [1]; loop.append(loop)
d = copy.deepcopy(loop)
print(d[1] is d, d is loop, d)
