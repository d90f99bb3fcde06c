"""Multiplying matrices of floats as lists of lists."""
n = 130
a = [[(i * j % 7) * 0.5 for j in range(n)] for i in range(n)]
b = [[(i + j) % 5 * 0.25 for j in range(n)] for i in range(n)]

def multiply(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]

c = a
for _ in range(8):
    c = [[x % 100 for x in row] for row in multiply(c, b)]
print(f"{sum(map(sum, c)):.3f}")
