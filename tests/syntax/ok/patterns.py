# Patterns of every kind (PEP 634).
match a:
    case 1 | -1 | 1.5 | -2j | 1 + 2j | -1 - 2j: pass
    case 'a' 'b' | b'c' | None | True | False: pass
    case a.b | a.b.c: pass
    case x: pass
    case _: pass
match a, *b:
    case []: pass
    case (): pass
    case (x): pass
    case (x,): pass
    case [x, *_, y]: pass
    case x, *rest: pass
    case x,: pass
    case (1 | 2) as y if y > 1: pass
match (a):
    case {}: pass
    case {'a': 1, b.c: x, -1: _, None: y, **rest}: pass
    case C(): pass
    case a.C(x, 1, y=2, z=D(),): pass
    case [C(x), {'k': [*_]}] as w: pass
match -a:
    case _ if b:
        match c:
            case d: e
    case f: pass
