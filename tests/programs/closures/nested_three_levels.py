def a():
    x = "a.x"
    def b():
        y = "b.y"
        def c():
            nonlocal x
            x = "changed by c"
            return x, y
        return c
    c = b()()
    return c, x

print(a())
