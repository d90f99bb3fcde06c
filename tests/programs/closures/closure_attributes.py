def outer(x, y):
    z = 3
    def inner():
        return x + z
    return inner

f = outer(1, 2)
print(f.__closure__ is not None, [c.cell_contents for c in f.__closure__], f.__code__.co_freevars)
f.__closure__[0].cell_contents = 100
print(f())
import types
cell = types.CellType(5)
print(cell.cell_contents, cell == types.CellType(5), cell < types.CellType(6))
try:
    types.CellType().cell_contents
except ValueError as error:
    print(error)
