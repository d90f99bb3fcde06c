for spec in (
    "", "s", "10", "<10", ">10", "^10", ".2", "5.2", "*^9", "*<9s", ">.3s", "^1", ".0", "\u2605^7",
    "10s", "010",
):
    try:
        print(repr(spec), repr(format("hello", spec)))
    except ValueError as error:
        print(repr(spec), error)
print(f"{'日本':>6}|{'é':_^5}|{'a':\u3000<3}|{'':5}|{'x' * 3:<2}")
