import math
for expression in """
math.sqrt(2), math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.fabs(-2), math.factorial(20), math.gcd(12, 18, 27), math.lcm(4, 6), math.gcd(), math.gcd(0, 5), math.lcm(0, 5)
math.pi, math.e, math.tau, math.inf, math.nan, math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1e308), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-12), math.isclose(0, 1e-12, abs_tol=1e-9)
math.exp(1), math.log(10), math.log(8, 2), math.log2(1024), math.log10(1000), math.log1p(1e-10), math.expm1(1e-10), math.pow(2, 0.5), math.cbrt(8), math.exp2(3), math.log(10 ** 400), math.log2(2 ** 2000)
math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(1), math.atan(1), math.atan2(-1, -1), math.sinh(1), math.cosh(1), math.tanh(1), math.degrees(math.pi), math.radians(180), math.hypot(3, 4), math.hypot(1, 1, 1), math.dist((0, 0), (3, 4))
math.modf(2.5), math.modf(-2.5), math.frexp(10), math.ldexp(0.5, 4), math.fmod(-7, 3), math.remainder(7, 3), math.copysign(1, -0.0), math.isqrt(99), math.isqrt(10 ** 40), math.comb(10, 3), math.perm(5, 2), math.perm(5), math.prod([1, 2, 3]), math.prod([2], start=5)
math.fsum([0.1] * 10), math.sumprod([1, 2], [3, 4]), math.ulp(1.0), math.nextafter(1, 2), math.floor(10 ** 20), math.ceil(2.0), type(math.floor(2.5)).__name__, math.fma(2, 3, 4), math.gamma(5), math.lgamma(10), math.erf(1)
math.sqrt(-1)
math.log(0)
math.log(-1)
math.factorial(-1)
math.factorial(1.5)
math.isqrt(-1)
math.floor("x")
math.floor(math.inf)
math.ceil(math.nan)
math.acos(2)
math.exp(1000)
math.comb(3, -1)
math.gcd(1.5)
math.sqrt("a")
math.fmod(1, 0)
math.pow(0, -1)
math.dist((1,), (1, 2))
math.log(1, 1)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
class C:
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
    def __float__(self): return 4.0
print(math.floor(C()), math.ceil(C()), math.trunc(C()), math.sqrt(C()))
