# Simple and compound statements.
x = y = z
x, *y = a.b, c[0] = z
[a, (b, *c)] = d = yield_
x += 1; x -= 1; x *= 1; x @= 1; x /= 1; x %= 1; x &= 1; x |= 1; x ^= 1; x <<= 1; x >>= 1; x **= 1; x //= 1
a.b += c, d
del a, b.c, d[0], (e, [f]), (g)
del (a,)
assert a
assert a, b
raise
raise a
raise a from b
global a, b
nonlocal a
import a, b.c as d
from a.b import c as d, e
from . import a
from ...a import (b, c,)
from .... import *
pass
if a: pass
elif b: pass
elif c:
    d
else: e
while a:
    break
else:
    continue
for a, (b, [c]), *d in *e, f: pass
for a.b in c: pass
for a[0], in b:
    pass
else:
    pass
try:
    a
except b:
    c
except (d, e) as f: g
except:
    h
else:
    i
finally:
    j
try: a
finally: b
try: a
except* b: c
except* d as e: f
with a: pass
with a as b, c as d.e, f as (g, *h): pass
with (a, b): pass
with (a as b, c,): pass
with (a, b) as c: pass
with (a), (b): pass
with (a, b)[0] as c, (d): pass
with (yield): pass
with (a := b): pass
with (*a, b): pass
with (): pass
if a:
    if b:
        c
    else:
        d
        # a comment
e
