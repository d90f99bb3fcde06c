def gen():
    print("running:", g.gi_running, "suspended:", g.gi_suspended)
    yield
    print("running:", g.gi_running, "suspended:", g.gi_suspended)

g = gen()
next(g)
print("running:", g.gi_running, "suspended:", g.gi_suspended)
next(g, None)
print("running:", g.gi_running, "suspended:", g.gi_suspended)
