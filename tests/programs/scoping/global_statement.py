n = 0
def bump():
    global n, created
    n += 1
    created = "made in function"

bump(); bump()
print(n, created)
def outer():
    n = "local"
    def inner():
        global n
        n = "global again"
    inner()
    return n
print(outer(), n)
