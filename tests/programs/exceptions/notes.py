try:
    error = ValueError("base")
    error.add_note("first note")
    error.add_note("second\nnote")
    raise error
except ValueError as caught:
    print(caught, caught.__notes__)
    try:
        caught.add_note(5)
    except TypeError as bad:
        print(bad)
raise error
