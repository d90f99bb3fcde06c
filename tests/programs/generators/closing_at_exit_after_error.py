def gen():
    try:
        yield
    finally:
        print("closed at exit")

kept = gen()
next(kept)
raise SystemExit(3)
