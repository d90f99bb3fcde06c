for error in (
    ValueError(), ValueError("one"), ValueError("one", 2), ValueError(None), ValueError(("t",)),
    KeyError("k"), KeyError(), KeyError("a", "b"), KeyError(5), IndexError("i"), OSError(2, "msg"),
    OSError(2, "msg", "file"), OSError("just text"), UnicodeError("u"), StopIteration(3), SystemExit(4),
    Exception("a\n'b'"),
):
    print(repr(error), "|", str(error), "|", error.args)
e = ValueError(1)
e.args = ("changed", 2)
print(e, repr(e))
try:
    e.args = 5
except TypeError as error:
    print(error)
try:
    ValueError(key=1)
except TypeError as error:
    print(error)
