def leaf():
    print("leaf:", [g.gi_running for g in (l, m, r)], [g.gi_suspended for g in (l, m, r)])
    yield 1
def pass_on(sub):
    yield from sub
l = leaf()
m = pass_on(l)
r = pass_on(m)
print([g.gi_running for g in (l, m, r)], [g.gi_suspended for g in (l, m, r)])
next(r)
print([g.gi_running for g in (l, m, r)], [g.gi_suspended for g in (l, m, r)])
print(r.gi_yieldfrom is m, m.gi_yieldfrom is l, l.gi_yieldfrom)
print(next(r, "end"), [g.gi_running for g in (l, m, r)], r.gi_frame)
