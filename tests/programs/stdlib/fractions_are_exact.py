from fractions import Fraction as F
import math
import numbers

print(F(6, -4), repr(F("3.25e1")), F("-7/3"), F(0.1), F(" 5 "), F("1_000/7"))
print(F(1, 3) + F(1, 6), F(1, 3) - 1, 2 * F(3, 4), 1 / F(2, 3), F(7, 2) // 1, F(-7, 2) % 1, divmod(F(7, 2), F(2, 3)))
print(F(1, 2) + 0.25, F(1, 2) * 1j, F(2, 3) ** 3, F(2, 3) ** -2, F(4) ** 0.5, 2 ** F(3), F(1, 4) ** F(1, 2))
print(F(1, 2) == 0.5, F(1, 3) < 0.34, F(3) == 3, F(1, 2) != F(2, 4), F(1, 2) == 0.5 + 0j, F(1, 3) == math.nan)
print(hash(F(1, 2)) == hash(0.5), hash(F(7)) == hash(7), hash(F(-1)) == hash(-1))
print(math.floor(F(-7, 2)), math.ceil(F(-7, 2)), math.trunc(F(-7, 2)), int(F(7, 2)), float(F(1, 8)))
print(round(F(5, 2)), round(F(7, 2)), round(F(22, 7), 2), round(F(1234), -2), abs(F(-1, 2)), -F(1, 2), bool(F(0)))
print(F(math.pi).limit_denominator(1000), F(355, 113).limit_denominator(10), F(3, 2).as_integer_ratio(), F(4, 2).is_integer())
for spec in ["", "10", "<8", "*^9", "+", "#", "_", ".3f", "010.2f", ",.1f", ".2e", ".4g", ".1%", "+.0f", "z.0f", "#.0e", "G", "_>12.2f"]:
    print(repr(format(F(-123456, 7), spec)), repr(format(F(12), spec)))
for text in ["", "1/0", "a", "1/-2", "1.2/3", "1__0", "3 / 4", "+ 1", "1/2/3", "1e", ".", "nan"]:
    try:
        print(repr(F(text)))
    except (ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
for wrong in [lambda: F(1.5, 2), lambda: F([]), lambda: F(1, 0), lambda: F(1) / 0, lambda: F(0) ** -1, lambda: format(F(1), "q"),
              lambda: F(1, 2).limit_denominator(0), lambda: F.from_float("x"), lambda: F(1) + "x"]:
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
print(isinstance(F(1), numbers.Rational), isinstance(1, numbers.Integral), isinstance(1.0, numbers.Rational), isinstance(1j, numbers.Complex))
print(F.from_float(0.5), F.from_float(3), sorted([F(1, 2), F(1, 3), F(3, 4)]), sum([F(1, 3)] * 3), {F(1, 2): "half"}[0.5])
