# allows: IndexError
[1, 2, 3][2 ** 70]
