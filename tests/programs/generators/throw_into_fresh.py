# The body never starts: nothing inside can catch it.
def gen():
    try:
        print("started")
        yield 1
    except ValueError:
        print("never")

g = gen()
try:
    g.throw(ValueError("early"))
except ValueError as error:
    print("caught outside:", error)
print(list(g))
