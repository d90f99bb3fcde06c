z = 3 + 4j
for expression in """
z, -z, z.real, z.imag, abs(z), z.conjugate(), z == 3 + 4j, z != 3, z * 2, z + 1.5, 2 - z
z * z, z / (1 - 1j), z ** 2, z ** 0, z ** -1, z ** 0.5, 1j ** 2, 0j ** 0, 2 ** 1j
complex(1), complex(1, 2), complex("1+2j"), complex("-j"), complex(" 1e3 "), complex("nan+infj"), complex(), complex("(1-2j)"), complex(1j, 1j), complex(real=1, imag=2)
1j * 1j, (1 + 0j) == 1, hash(1 + 0j) == hash(1), hash(1j), bool(0j), 1j.imag, 5j, -0j, 1_0j, complex(0.1, -0.2)
str(1e20 + 1j), repr(complex(0, float("nan"))), repr(-1j), complex(-0.0, -0.0), repr((1 + 2j) * 0)
z < 1
z // 1
z % 2
divmod(z, 1)
int(z)
float(z)
z / 0
0j ** -1
complex("x")
complex("1 + 2j")
complex(1, "2")
complex("1", 2)
complex(None)
round(z)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
