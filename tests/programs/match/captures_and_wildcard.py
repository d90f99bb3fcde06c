def f(x):
    match x:
        case []: return "empty"
        case [a]: return f"one {a}"
        case [a, b]: return f"two {a} {b}"
        case [first, *rest]: return f"first {first} rest {rest}"
        case whole: return f"whole {whole}"
for x in [], [1], (1, 2), [1, 2, 3], "text", range(2), b"bytes", {1}, 5:
    print(f(x))
