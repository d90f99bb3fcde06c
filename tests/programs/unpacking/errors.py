def attempt(source):
    try:
        exec(source, {"g": (i for i in range(3))})
    except Exception as error:
        print(type(error).__name__, error)

attempt("a, b = 1")
attempt("a, b = [1]")
attempt("a, b = 1, 2, 3")
attempt("a, b, c = 'ab'")
attempt("a, *b, c = [1]")
attempt("a, *b = []")
attempt("a, b = None")
attempt("a, b = g")
attempt("a, (b, c) = 1, 2")
attempt("a, b = {1: 2}")
attempt("() = [1]")
attempt("a, b = range(10)")
attempt("for a, b in [1]: pass")
