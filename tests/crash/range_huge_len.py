# allows: OverflowError
len(range(-10 ** 30, 10 ** 30))
