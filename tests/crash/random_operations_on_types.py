# allows: OK
import operator
values = [None, True, 0, -1, 2 ** 70, 1.5, float("nan"), 1j, "", "abc", b"x", [], [1], (), (1,), {}, {1: 2}, set(), {1}, range(3), slice(1), len, int, type, object(), ..., NotImplemented, lambda: 0, iter([]), (x for x in ())]
binary = [operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.and_, operator.or_, operator.xor, operator.lt, operator.eq, operator.contains, operator.getitem, operator.matmul, isinstance, getattr, divmod]
unary = [repr, str, len, iter, next, hash, bool, int, float, list, tuple, set, dict, sorted, abs, operator.neg, operator.invert, reversed, enumerate, sum, min, max, callable, vars, dir, ascii, bytes, complex, round, chr, ord, hex]
count = 0
for f in unary:
    for a in values:
        try:
            f(a)
        except Exception:
            count += 1
for f in binary:
    for a in values:
        for b in values:
            if f is operator.mul and 2 ** 70 in (a, b) and not isinstance(a, (int, float)): continue
            try:
                f(a, b)
            except Exception:
                count += 1
print(count > 100)
