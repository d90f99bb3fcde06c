class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    @classmethod
    def identity(cls, n): return cls([[int(i == j) for j in range(n)] for i in range(n)])
    def __matmul__(self, other): return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows])
    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1: result = result @ base
            base, n = base @ base, n >> 1
        return result
    def __getitem__(self, key):
        i, j = key
        return self.rows[i][j]
    def __eq__(self, other): return self.rows == other.rows
    def __repr__(self): return "Matrix(" + ", ".join(map(str, self.rows)) + ")"
    def __iter__(self): return (x for row in self.rows for x in row)
    @property
    def transposed(self): return Matrix(zip(*self.rows))
m = Matrix([[1, 1], [1, 0]])
print(m ** 10, (m ** 90)[0, 1], list(m), m.transposed == m, Matrix([[1, 2], [3, 4]]).transposed)
