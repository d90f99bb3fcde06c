class Grid:
    def __init__(self, w, h):
        self.w, self.h = w, h
    def cells(self):
        for y in range(self.h):
            for x in range(self.w):
                yield x, y
    __iter__ = cells
    @classmethod
    def shapes(cls):
        yield cls.__name__
    @staticmethod
    def colours():
        yield "red"
    @property
    def border(self):
        yield from ((0, 0), (self.w - 1, self.h - 1))

grid = Grid(2, 2)
print(list(grid), list(grid.cells()))
print(list(Grid.shapes()), list(grid.colours()), list(grid.border))
