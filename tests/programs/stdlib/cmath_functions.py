import cmath
for expression in """
cmath.sqrt(-1), cmath.sqrt(3 + 4j), cmath.exp(1j * cmath.pi), cmath.phase(-1), cmath.polar(1j), cmath.rect(1, 0), cmath.log(-1), cmath.isclose(1j, 1j + 1e-12), cmath.isnan(complex("nan")), cmath.isinf(1j)
cmath.sin(1j), cmath.cos(1j), cmath.log(0j + 10, 10), cmath.isfinite(1 + 1j)
cmath.log(0)
cmath.sqrt("x")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
