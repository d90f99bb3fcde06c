group = ExceptionGroup("several", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [ValueError(2), KeyError("k")])])
print(group, repr(group))
print(group.message, len(group.exceptions))
print(group.subgroup(ValueError))
print(repr(group.subgroup(ValueError)))
match, rest = group.split((ValueError, KeyError))
print(repr(match), repr(rest))
print(group.subgroup(OSError), group.split(OSError)[0])
print(repr(group.derive([OSError()])), repr(group.subgroup(lambda e: "t" in str(e) or isinstance(e, KeyError))))
for arguments in ("x", []), ("x", [1]), (5, [ValueError()]), ("x", ValueError()), ("x",):
    try:
        ExceptionGroup(*arguments)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
try:
    ExceptionGroup("x", [KeyboardInterrupt()])
except TypeError as error:
    print(error)
print(isinstance(group, Exception), issubclass(BaseExceptionGroup, Exception))
