def f(x):
    match x:
        case [a, b, 99]: pass
        case [a, *_]: pass
    try: return a, b
    except UnboundLocalError as error: return str(error)
print(f([1, 2, 99]))
print(f([5]))
match {"x": 1}:
    case {"x": inner}: pass
print(inner)
match 5:
    case unused if False: pass
print(unused)
