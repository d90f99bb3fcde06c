def leaf():
    for name, g in ("root", r), ("middle", m), ("leaf", l):
        for action in (lambda: next(g)), (lambda: g.throw(KeyError)), (lambda: g.close()):
            try:
                action()
            except ValueError as error:
                print(name, error)
    yield "done"
def pass_on(sub):
    yield from sub
l = leaf()
m = pass_on(l)
r = pass_on(m)
print(next(r))
