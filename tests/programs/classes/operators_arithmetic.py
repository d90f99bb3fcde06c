class V:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"V({self.n})"
    def __add__(self, o): return V(f"{self.n}+{getattr(o, 'n', o)}")
    def __radd__(self, o): return V(f"{o} r+ {self.n}")
    def __sub__(self, o): return "sub"
    def __rsub__(self, o): return "rsub"
    def __mul__(self, o): return "mul"
    def __rmul__(self, o): return "rmul"
    def __truediv__(self, o): return "truediv"
    def __floordiv__(self, o): return "floordiv"
    def __mod__(self, o): return "mod"
    def __rmod__(self, o): return "rmod"
    def __divmod__(self, o): return "divmod"
    def __pow__(self, o, m=None): return f"pow {m}"
    def __rpow__(self, o): return "rpow"
    def __matmul__(self, o): return "matmul"
    def __rmatmul__(self, o): return "rmatmul"
    def __lshift__(self, o): return "lshift"
    def __rshift__(self, o): return "rshift"
    def __and__(self, o): return "and"
    def __or__(self, o): return "or"
    def __xor__(self, o): return "xor"
    def __ror__(self, o): return "ror"
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __round__(self, n=None): return f"round {n}"
v = V(1)
print(v + V(2), v + 5, 5 + v, v - 1, 1 - v, v * 2, 2 * v, v / 1, v // 1, v % 1, "x" + v if 0 else 3 % v)
print(divmod(v, 1), v ** 2, pow(v, 2, 3), 2 ** v, v @ v, 1 @ v, v << 1, v >> 1, v & 1, v | 1, v ^ 1, 1 | v)
print(-v, +v, ~v, abs(v), round(v), round(v, 2))
