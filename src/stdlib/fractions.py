"""Exact fractions.

A `Fraction` is a pair of ints in lowest terms, the lower one positive. Its operators work
with ints and other rationals exactly, with floats and complex numbers as those do.

Source: Library Reference "fractions"; `gcd` as Python had it until 3.8.
"""

import math
import numbers
import operator
from sys import hash_info

import _eras

__all__ = ["Fraction"]


def __getattr__(name):
    if name == "gcd" and _eras.has("fractions.gcd"):
        return _gcd
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _gcd(a, b):
    """The greatest common divisor, with the sign of `b`."""
    _eras.allows("fractions.gcd")
    while b:
        a, b = b, a % b
    return a


def _is_digits(text):
    """Decimal digits, with single underscores between them."""
    parts = text.split("_")
    return all(part.isdecimal() for part in parts)


def _parse(text):
    """Numerator and denominator of a literal such as `-3/4`, `1.5e-3` or ` 7 `; None if it is not one."""
    body = text.strip()
    sign = 1
    if body[:1] in ("+", "-"):
        sign = -1 if body[0] == "-" else 1
        body = body[1:]
    upper, slash, lower = body.partition("/")
    if slash:
        upper, lower = upper.rstrip(), lower.lstrip()
        if not (_is_digits(upper) and _is_digits(lower)):
            return None
        return sign * int(upper), int(lower)
    mantissa, marker, exponent = body.replace("E", "e").partition("e")
    whole, _, decimals = mantissa.partition(".")
    if not (whole or decimals) or not all(_is_digits(part) for part in (whole, decimals) if part):
        return None
    numerator = int(whole or "0")
    denominator = 1
    if decimals:
        decimals = decimals.replace("_", "")
        denominator = 10 ** len(decimals)
        numerator = numerator * denominator + int(decimals)
    if marker:
        digits = exponent[1:] if exponent[:1] in ("+", "-") else exponent
        if not _is_digits(digits):
            return None
        power = int(exponent)
        if power >= 0:
            numerator *= 10**power
        else:
            denominator *= 10**-power
    return sign * numerator, denominator


def _divide_half_even(n, d):
    """n / d rounded to the nearest int, a tie to the even one; d is positive."""
    floor, rest = divmod(n, d)
    if 2 * rest > d or 2 * rest == d and floor & 1:
        floor += 1
    return floor


def _to_exponent(n, d, exponent):
    """Sign and digits of n / d as a multiple of 10**exponent."""
    if exponent >= 0:
        d *= 10**exponent
    else:
        n *= 10**-exponent
    rounded = _divide_half_even(abs(n), d)
    return n < 0, rounded


def _to_figures(n, d, figures):
    """Sign, significand of exactly so many decimal digits, and its exponent."""
    if n == 0:
        return False, 0, 1 - figures
    upper, lower = str(abs(n)), str(d)
    magnitude = len(upper) - len(lower) + (lower <= upper)
    exponent = magnitude - figures
    negative, significand = _to_exponent(n, d, exponent)
    if len(str(significand)) == figures + 1:
        significand //= 10
        exponent += 1
    return negative, significand, exponent


class _Spec:
    """A format spec, taken apart: [[fill]align][sign][z][#][0][width][,_][.precision][type]."""

    def __init__(self, text):
        self.fill, self.align, self.sign = " ", "", "-"
        self.no_negative_zero = self.alternate = self.zero_pad = False
        self.width, self.grouping, self.precision, self.kind = 0, "", None, ""
        position = 0
        if len(text) > 1 and text[1] in "<>=^":
            self.fill, self.align, position = text[0], text[1], 2
        elif text[:1] and text[0] in "<>=^":
            self.align, position = text[0], 1

        def take(choices):
            nonlocal position
            if text[position : position + 1] and text[position] in choices:
                position += 1
                return text[position - 1]
            return ""

        def number():
            nonlocal position
            start = position
            while take("0123456789"):
                pass
            return text[start:position]

        self.sign = take("+- ") or "-"
        self.no_negative_zero = bool(take("z"))
        self.alternate = bool(take("#"))
        # A zero that is the whole width is a width.
        if text[position : position + 1] == "0":
            position += 1
            self.zero_pad = True
        width = number()
        self.width = int(width) if width else 0
        self.grouping = take(",_")
        if take("."):
            precision = number()
            self.precision = int(precision)
        self.kind = take("eEfFgG%")
        self.valid = position == len(text)


class Fraction(numbers.Rational):
    """An exact fraction: from two rationals, from a float or Decimal (exactly), or from text."""

    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = super().__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            if isinstance(numerator, numbers.Rational):
                self._numerator, self._denominator = numerator.numerator, numerator.denominator
                return self
            if isinstance(numerator, float) or not isinstance(numerator, (type, str)) and hasattr(
                numerator, "as_integer_ratio"
            ):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError("argument should be a string or a Rational instance")
            pair = _parse(numerator)
            if pair is None:
                raise ValueError(f"Invalid literal for Fraction: {numerator!r}")
            numerator, denominator = pair
        elif type(numerator) is int is type(denominator):
            pass
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            numerator, denominator = (
                numerator.numerator * denominator.denominator,
                denominator.numerator * numerator.denominator,
            )
        else:
            raise TypeError("both arguments should be Rational instances")
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        common = math.gcd(numerator, denominator)
        if denominator < 0:
            common = -common
        self._numerator, self._denominator = numerator // common, denominator // common
        return self

    @classmethod
    def from_float(cls, f):
        """The exact value of a float (or int)."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError(f"{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})")
        return cls._lowest(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The exact value of a Decimal (or int)."""
        from decimal import Decimal

        if isinstance(dec, numbers.Integral):
            dec = Decimal(int(dec))
        elif not isinstance(dec, Decimal):
            raise TypeError(f"{cls.__name__}.from_decimal() only takes Decimals, not {dec!r} ({type(dec).__name__})")
        return cls._lowest(*dec.as_integer_ratio())

    @classmethod
    def _lowest(cls, numerator, denominator):
        """Of two ints that are in lowest terms already."""
        self = super().__new__(cls)
        self._numerator, self._denominator = numerator, denominator
        return self

    def is_integer(self):
        """Whether the fraction is a whole number."""
        return self._denominator == 1

    def as_integer_ratio(self):
        """The pair (numerator, denominator)."""
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The closest fraction whose denominator is at most so large."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        # The convergents of the continued fraction: the last that fits, or the best one between it and the one before.
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            digit = n // d
            if q0 + digit * q1 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + digit * p1, q0 + digit * q1
            n, d = d, n - digit * d
        k = (max_denominator - q0) // q1
        # Which of the two is nearer, in whole numbers.
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction._lowest(p1, q1)
        return Fraction._lowest(p0 + k * p1, q0 + k * q1)

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def __repr__(self):
        return f"{type(self).__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        if self._denominator == 1:
            return str(self._numerator)
        return f"{self._numerator}/{self._denominator}"

    def __format__(self, format_spec, /):
        spec = _Spec(format_spec)
        if spec.valid and spec.kind:
            if not (spec.align and spec.zero_pad):
                return self._format_float(spec)
        elif spec.valid and not spec.no_negative_zero and not spec.zero_pad and spec.precision is None:
            if spec.align != "=":
                return self._format_general(spec)
        raise ValueError(f"Invalid format specifier {format_spec!r} for object of type {type(self).__name__!r}")

    def _format_general(self, spec):
        """As a fraction, with width, sign and grouping."""
        n, d = self._numerator, self._denominator
        body = f"{abs(n):{spec.grouping}}"
        if d > 1 or spec.alternate:
            body += f"/{d:{spec.grouping}}"
        sign = "-" if n < 0 else "" if spec.sign == "-" else spec.sign
        return _padded(sign, body, spec.align or ">", spec.fill, spec.width)

    def _format_float(self, spec):
        """As a decimal number, exactly rounded."""
        kind = spec.kind
        precision = 6 if spec.precision is None else spec.precision
        n, d = self._numerator, self._denominator
        if kind in "fF%":
            exponent = -precision - (2 if kind == "%" else 0)
            negative, significand = _to_exponent(n, d, exponent)
            scientific, point = False, precision
        else:
            figures = max(precision, 1) if kind in "gG" else precision + 1
            negative, significand, exponent = _to_figures(n, d, figures)
            scientific = kind in "eE" or exponent > 0 or exponent + figures <= -4
            point = figures - 1 if scientific else -exponent
        if kind == "%":
            suffix = "%"
        elif scientific:
            suffix = f"{'E' if kind in 'EG' else 'e'}{exponent + point:+03d}"
        else:
            suffix = ""
        if negative and spec.no_negative_zero and significand == 0:
            negative = False
        digits = f"{significand:0{point + 1}d}"
        whole, decimals = digits[: len(digits) - point], digits[len(digits) - point :]
        if kind in "gG" and not spec.alternate:
            decimals = decimals.rstrip("0")
        dot = "." if decimals or spec.alternate else ""
        tail = dot + decimals + suffix
        sign = "-" if negative else "" if spec.sign == "-" else spec.sign
        if spec.zero_pad:
            room = spec.width - len(sign) - len(tail)
            if spec.grouping:
                # Groups of three, and separators among the zeros as well.
                room = 3 * room // 4 + 1 if room > 0 else 0
            whole = whole.zfill(room)
        if spec.grouping:
            first = 1 + (len(whole) - 1) % 3
            whole = whole[:first] + "".join(
                spec.grouping + whole[at : at + 3] for at in range(first, len(whole), 3)
            )
        return _padded(sign, whole + tail, spec.align or ">", spec.fill, spec.width)

    def _operators(exact, fallback):
        """The forward and the reflected method of an operator."""

        def forward(a, b):
            if isinstance(b, Fraction):
                return exact(a, b)
            if isinstance(b, int):
                return exact(a, Fraction(b))
            if isinstance(b, float):
                return fallback(float(a), b)
            if isinstance(b, complex):
                return fallback(complex(a), b)
            return NotImplemented

        def reverse(b, a):
            if isinstance(a, numbers.Rational):
                return exact(Fraction(a), b)
            if isinstance(a, numbers.Real):
                return fallback(float(a), float(b))
            if isinstance(a, numbers.Complex):
                return fallback(complex(a), complex(b))
            return NotImplemented

        name = fallback.__name__
        forward.__name__, reverse.__name__ = f"__{name}__", f"__r{name}__"
        forward.__doc__ = reverse.__doc__ = exact.__doc__
        return forward, reverse

    def _add(a, b):
        """a + b"""
        return Fraction(
            a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator
        )

    __add__, __radd__ = _operators(_add, operator.add)

    def _sub(a, b):
        """a - b"""
        return Fraction(
            a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator
        )

    __sub__, __rsub__ = _operators(_sub, operator.sub)

    def _mul(a, b):
        """a * b"""
        return Fraction(a._numerator * b._numerator, a._denominator * b._denominator)

    __mul__, __rmul__ = _operators(_mul, operator.mul)

    def _div(a, b):
        """a / b"""
        n = a._numerator * b._denominator
        if b._numerator == 0:
            raise ZeroDivisionError(f"Fraction({n // math.gcd(n, a._denominator)}, 0)")
        return Fraction(n, a._denominator * b._numerator)

    __truediv__, __rtruediv__ = _operators(_div, operator.truediv)

    def _floordiv(a, b):
        """a // b"""
        return (a._numerator * b._denominator) // (a._denominator * b._numerator)

    __floordiv__, __rfloordiv__ = _operators(_floordiv, operator.floordiv)

    def _divmod(a, b):
        """(a // b, a % b)"""
        lower = a._denominator * b._denominator
        quotient, rest = divmod(a._numerator * b._denominator, b._numerator * a._denominator)
        return quotient, Fraction(rest, lower)

    __divmod__, __rdivmod__ = _operators(_divmod, divmod)

    def _mod(a, b):
        """a % b"""
        return Fraction(
            (a._numerator * b._denominator) % (b._numerator * a._denominator), a._denominator * b._denominator
        )

    __mod__, __rmod__ = _operators(_mod, operator.mod)

    def __pow__(a, b):
        """a ** b: a Fraction if b is a whole number, else a float or complex."""
        if isinstance(b, numbers.Rational):
            if b.denominator != 1:
                return float(a) ** float(b)
            power = b.numerator
            if power >= 0:
                return Fraction._lowest(a._numerator**power, a._denominator**power)
            if a._numerator > 0:
                return Fraction._lowest(a._denominator**-power, a._numerator**-power)
            if a._numerator == 0:
                raise ZeroDivisionError(f"Fraction({a._denominator ** -power}, 0)")
            return Fraction._lowest((-a._denominator) ** -power, (-a._numerator) ** -power)
        if isinstance(b, (float, complex)):
            return float(a) ** b
        return NotImplemented

    def __rpow__(b, a):
        """a ** b"""
        if b._denominator == 1 and b._numerator >= 0:
            return a**b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        if b._denominator == 1:
            return a**b._numerator
        return a ** float(b)

    def __pos__(a):
        """+a"""
        return Fraction._lowest(a._numerator, a._denominator)

    def __neg__(a):
        """-a"""
        return Fraction._lowest(-a._numerator, a._denominator)

    def __abs__(a):
        """abs(a)"""
        return Fraction._lowest(abs(a._numerator), a._denominator)

    def __int__(a, _index=operator.index):
        """int(a)"""
        if a._numerator < 0:
            return _index(-(-a._numerator // a._denominator))
        return _index(a._numerator // a._denominator)

    def __trunc__(a):
        """math.trunc(a)"""
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    def __floor__(a):
        """math.floor(a)"""
        return a._numerator // a._denominator

    def __ceil__(a):
        """math.ceil(a)"""
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        """round(self, ndigits), half to even; an int without `ndigits`"""
        if ndigits is None:
            return _divide_half_even(self._numerator, self._denominator)
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __hash__(self):
        """Equal numbers hash alike, whatever their type."""
        modulus = hash_info.modulus
        try:
            inverse = pow(self._denominator, -1, modulus)
        except ValueError:
            # The denominator is a multiple of the modulus.
            value = hash_info.inf
        else:
            value = hash(hash(abs(self._numerator)) * inverse)
        result = value if self._numerator >= 0 else -value
        return -2 if result == -1 else result

    def __eq__(a, b):
        """a == b"""
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            if math.isnan(b) or math.isinf(b):
                return 0.0 == b
            return a == a.from_float(b)
        return NotImplemented

    def _compare(self, other, compare):
        if isinstance(other, numbers.Rational):
            return compare(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return compare(0.0, other)
            return compare(self, self.from_float(other))
        return NotImplemented

    def __lt__(a, b):
        """a < b"""
        return a._compare(b, operator.lt)

    def __gt__(a, b):
        """a > b"""
        return a._compare(b, operator.gt)

    def __le__(a, b):
        """a <= b"""
        return a._compare(b, operator.le)

    def __ge__(a, b):
        """a >= b"""
        return a._compare(b, operator.ge)

    def __bool__(a):
        """a != 0"""
        return bool(a._numerator)

    def __reduce__(self):
        return type(self), (self._numerator, self._denominator)

    def __copy__(self):
        if type(self) is Fraction:
            return self
        return type(self)(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()

    del _operators, _add, _sub, _mul, _div, _floordiv, _divmod, _mod


def _padded(sign, body, align, fill, width):
    """Sign and body, filled up to the width."""
    room = fill * (width - len(sign) - len(body))
    if align == ">":
        return room + sign + body
    if align == "<":
        return sign + body + room
    if align == "^":
        half = len(room) // 2
        return room[:half] + sign + body + room[half:]
    return sign + room + body

