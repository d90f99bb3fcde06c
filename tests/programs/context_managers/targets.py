class M:
    def __enter__(self): return (1, [2, 3])
    def __exit__(self, *a): pass
class O: pass
o, d = O(), {}
with M() as (a, [b, c]): print(a, b, c)
with M() as o.attr: print(o.attr)
with M() as d["k"]: print(d)
with (M() as x, M() as (y, z),): print(x, y, z)
with (M()): print("parenthesised")
with (M(), M()): print("two")
with (M() if True else None) as q: print(q)
with M() as (p, *r): print(p, r)
