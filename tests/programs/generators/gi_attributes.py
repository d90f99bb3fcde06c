def gen(a):
    b = a + 1
    yield b
    yield b * 2

g = gen(10)
print(g.__name__, g.__qualname__)
print(g.gi_running, g.gi_suspended, g.gi_yieldfrom)
print(g.gi_code.co_name, g.gi_frame.f_locals)
next(g)
print(g.gi_running, g.gi_suspended, g.gi_frame.f_locals)
print(g.gi_frame.f_lineno)
list(g)
print(g.gi_frame, g.gi_running, g.gi_suspended, g.gi_code.co_name)
