def leaf():
    inner = "leaf"
    yield
def root():
    before = 1
    yield from leaf()
    after = 2
g = root()
next(g)
print(g.gi_frame.f_locals, g.gi_frame.f_lineno, g.gi_yieldfrom.gi_frame.f_locals, g.gi_yieldfrom.gi_frame.f_lineno)
print(g.gi_frame.f_back, g.gi_yieldfrom.gi_frame.f_back)
