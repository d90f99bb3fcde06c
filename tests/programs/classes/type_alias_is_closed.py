"""What a `type` statement makes cannot be changed, called or derived from."""
type Number = int | float
type Pair[T] = tuple[T, T]


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: setattr(Number, "__name__", "Other"))
attempt(lambda: setattr(Number, "__value__", str))
attempt(lambda: setattr(Number, "__type_params__", ()))
attempt(lambda: setattr(Number, "extra", 1))
attempt(lambda: type("Sub", (type(Number),), {}))
attempt(lambda: Number())
attempt(lambda: Number[int])
attempt(lambda: Pair[int])
attempt(lambda: (Number.__name__, Number.__value__, Number.__module__, Pair.__type_params__))


class Generic[T, *Ts, **P]:
    pass


print(Generic.__orig_bases__, Generic.__parameters__, Generic[int, str, [int]])
