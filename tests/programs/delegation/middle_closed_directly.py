def leaf():
    try:
        yield 1
    finally:
        print("leaf closed")
def middle():
    try:
        yield from leaf()
    finally:
        print("middle closed")
def root(m):
    try:
        print("got", (yield from m))
        yield "root goes on"
    finally:
        print("root closed")
m = middle()
r = root(m)
next(r)
m.close()
print(next(r))
r.close()
