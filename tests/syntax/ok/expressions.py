# Operators by precedence, and how they group.
a or b and not c in d | e ^ f & g << h + i * -j ** k
a ** -b ** c, (a + b) * c, not a == b, -a ** 2
a < b <= c != d is not e not in f
a if b else c if d else e
(a if b else c) if (d) else (e)
lambda: (yield)
lambda a, /, b=1, *c, d, e=2, **f: lambda: a
x @ y // z % w >> 1
~a - +b
a.b.c(d)[e](f, *g, h=1, **i)
a[b], a[b:c], a[::d], a[:, 1:2, ...], a[*b], a[b:=c], a[()]
f(a for a in b), f(a := 1), f(*a, b, *c, d=1, *e, **f, g=2)
(), (a,), (a, *b), [], [*a, b], {}, {a}, {*a, b}, {a: b, **c}
[a for b in c if d if e for f, *g in h]
{a for b in c}, {a: b for c in d}, (a for b.c in d for e[0] in f)
(a := 1, b := 2)
None, True, False, ..., 0, 0x_ff, 0b1, 0o17, 1_000, 99999999999999999999, 1.5, 1e100, 1e-5, .5, 5., 2j, 1e16, 1e400
