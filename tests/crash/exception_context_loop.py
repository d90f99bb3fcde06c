# allows: ValueError
a, b = ValueError("a"), ValueError("b")
a.__context__, b.__context__ = b, a
raise a
