def f(x):
    match x:
        case 1: return "one"
        case -2: return "minus two"
        case 1.5: return "float"
        case "a" | "b": return "a or b"
        case b"x": return "bytes"
        case None: return "None"
        case True: return "True"
        case 3 + 4j: return "complex"
        case "con" "cat": return "concat"
        case _: return "other"
print([f(x) for x in (1, 1.0, True, -2, 1.5, "b", b"x", None, False, 3 + 4j, "concat", [], 0)])
