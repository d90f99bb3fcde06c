def f(x):
    match x:
        case (1 | 2) as small: return f"small {small}"
        case [("go" | "walk") as verb, ("north" | "south") as where]: return f"{verb} {where}"
        case {"k": (int() | str()) as v}: return f"k {v}"
        case [a, _] | [_, _, a]: return f"a={a}"
        case str() as s if s: return f"text {s}"
print(f(2), f(["go", "south"]), f({"k": "v"}), f([5, 6]), f([1, 2, 3]), f("t"), f(""), sep="; ")
