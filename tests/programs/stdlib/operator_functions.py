import operator as op
from operator import itemgetter, attrgetter, methodcaller
class O: pass
o = O(); o.a = O(); o.a.b = 5; o.c = 6
for expression in """
op.add(1, 2), op.sub(5, 3), op.mul(2, 3), op.truediv(1, 2), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 5), op.neg(5), op.pos(5), op.abs(-5), op.invert(5), op.matmul.__name__
op.and_(5, 3), op.or_(5, 3), op.xor(5, 3), op.lshift(1, 4), op.rshift(16, 2), op.not_(0), op.truth([]), op.is_(None, None), op.is_not(1, None), op.index(True)
op.lt(1, 2), op.le(2, 2), op.eq(1, 1.0), op.ne(1, 2), op.gt(1, 2), op.ge(2, 2), op.contains([1], 1), op.countOf([1, 1], 1), op.indexOf([1, 2], 2), op.concat([1], [2]), op.getitem([5], 0), op.length_hint([1, 2])
itemgetter(1)([5, 6]), itemgetter(0, 2)("abc"), itemgetter("k")({"k": 1}), itemgetter(slice(1, 3))("abcd"), attrgetter("c")(o), attrgetter("a.b", "c")(o), methodcaller("upper")("x"), methodcaller("split", ",", maxsplit=1)("a,b,c")
itemgetter(1), attrgetter("a.b"), methodcaller("f", 1, k=2), op.iadd([1], [2]), op.call(max, 1, 2), op.is_none(None) if hasattr(op, "is_none") else "new in 3.14"
itemgetter()
itemgetter(5)([1])
attrgetter("zz")(o)
attrgetter(5)
methodcaller()
op.add(1, "a")
op.index(1.5)
op.getitem({}, "k")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
d = {}
op.setitem(d, "a", 1); op.delitem(d, "a")
print(d, sorted([(1, "b"), (0, "z")], key=itemgetter(1)), sorted([o], key=attrgetter("c")) == [o])
