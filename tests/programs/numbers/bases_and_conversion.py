for expression in """
bin(10), oct(10), hex(255), bin(-10), hex(-255), oct(0), bin(True), hex(2 ** 64)
format(10, "b"), format(10, "#o"), f"{255:02X}", int("0b1010", 2), chr(0x41), ord("A")
bin(1.5)
hex("a")
oct(None)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
digits = "0123456789ABCDEF"
def to_base(n, base):
    return to_base(n // base, base) + digits[n % base] if n >= base else digits[n]
print([to_base(255, b) for b in range(2, 17)])
