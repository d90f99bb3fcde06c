# A suspended generator kept in a global is closed when the program ends.
def gen():
    try:
        yield
    finally:
        print("closed at exit")

kept = gen()
next(kept)
print("last line")
