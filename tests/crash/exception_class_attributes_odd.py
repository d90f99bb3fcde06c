# allows: <unknown>.Odd Odd
class Odd(Exception):
    __module__ = 5
    __qualname__ = "Odd"
raise Odd
