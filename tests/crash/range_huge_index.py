# allows: IndexError
range(10 ** 100)[10 ** 101]
