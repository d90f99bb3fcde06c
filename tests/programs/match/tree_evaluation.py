def ev(e):
    match e:
        case int() | float(): return e
        case ("+", a, b): return ev(a) + ev(b)
        case ("*", a, b): return ev(a) * ev(b)
        case ("neg", a): return -ev(a)
        case ("sum", *items): return sum(map(ev, items))
        case _: raise ValueError(f"bad {e!r}")
print(ev(("+", 1, ("*", 2, ("neg", 3)))), ev(("sum", 1, 2, ("+", 3, 4))))
try:
    ev("?")
except ValueError as error:
    print(error)
