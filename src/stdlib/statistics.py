"""Averages, spread and relations of numbers.

Sums are exact: every int, float, Fraction and Decimal is a ratio of integers, so ratios are
added, and only the result is converted back to the type of the data. So the mean of
`[1e30, 1, -1e30]` is a third.

Source: Library Reference "statistics".
"""

import math
from math import sqrt

__all__ = [
    "NormalDist",
    "StatisticsError",
    "correlation",
    "covariance",
    "fmean",
    "geometric_mean",
    "harmonic_mean",
    "linear_regression",
    "mean",
    "median",
    "median_grouped",
    "median_high",
    "median_low",
    "mode",
    "multimode",
    "pstdev",
    "pvariance",
    "quantiles",
    "stdev",
    "variance",
]


class StatisticsError(ValueError):
    """Raised for data that have no such statistic, mostly for too few of them."""


def _ratio(x):
    """A number as (numerator, denominator); the denominator of inf and nan is None."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        raise TypeError(
            f"can't convert type '{type(x).__name__}' to numerator/denominator"
        ) from None


def _common_type(a, b):
    """The type of a result from data of two types."""
    if a is b or b is int or b is bool:
        return a
    if a in (int, bool) or issubclass(b, a):
        return b
    if issubclass(a, b):
        return a
    if b is float:
        return b
    if a is float:
        return a
    raise TypeError(f"don't know how to coerce {a.__name__} and {b.__name__}")


def _sum(data):
    """(type, numerator, denominator, count) of the exact sum; inf and nan swallow it."""
    kind = int
    partials = {}
    count = 0
    for x in data:
        count += 1
        kind = _common_type(kind, type(x))
        numerator, denominator = _ratio(x)
        partials[denominator] = partials.get(denominator, 0) + numerator
    if None in partials:
        return kind, partials[None], None, count
    total, common = 0, 1
    for denominator, numerator in partials.items():
        total = total * denominator + numerator * common
        common *= denominator
        divisor = math.gcd(total, common)
        total //= divisor
        common //= divisor
    return kind, total, common, count


def _convert(numerator, denominator, kind):
    """An exact ratio as a number of a type; an int only if it is one."""
    if denominator is None:
        return numerator
    if kind in (int, bool):
        if numerator % denominator == 0:
            return numerator // denominator
        return numerator / denominator
    if kind is float:
        return numerator / denominator
    if hasattr(kind, "limit_denominator"):
        return kind(numerator, denominator)
    if issubclass(kind, float):
        return kind(numerator / denominator)
    return kind(numerator) / kind(denominator)


def mean(data):
    """The arithmetic mean."""
    kind, total, denominator, n = _sum(data)
    if n < 1:
        raise StatisticsError("mean requires at least one data point")
    if denominator is None:
        return _convert(total, None, kind)
    return _convert(total, denominator * n, kind)


def fmean(data, weights=None):
    """The arithmetic mean as a float, faster; the data may be weighted."""
    if weights is None:
        data = data if hasattr(data, "__len__") else list(data)
        if not len(data):
            raise StatisticsError("fmean requires at least one data point")
        return math.fsum(data) / len(data)
    data, weights = list(data), list(weights)
    if len(data) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    total = math.fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return math.sumprod(data, weights) / total


def geometric_mean(data):
    """The n-th root of the product of n positive numbers."""
    data = list(data)
    if not data:
        raise StatisticsError("Must have a non-empty dataset")
    zero = False
    logarithms = []
    for x in data:
        if x > 0.0 or math.isnan(x):
            logarithms.append(math.log(x))
        elif x == 0.0:
            zero = True
        else:
            raise StatisticsError("No negative inputs allowed", x)
    if any(math.isnan(x) for x in data):
        return math.nan
    if zero:
        return math.nan if math.inf in data else 0.0
    return math.exp(math.fsum(logarithms) / len(data))


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals: for speeds over equal distances."""
    data = list(data)
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    message = "harmonic mean does not support negative values"
    if len(data) == 1 and weights is None:
        if data[0] < 0:
            raise StatisticsError(message)
        return data[0]
    weights = [1] * len(data) if weights is None else list(weights)
    if len(weights) != len(data):
        raise StatisticsError("Number of weights does not match data size")
    if any(x < 0 for x in data) or any(w < 0 for w in weights):
        raise StatisticsError(message)
    if any(x == 0 for x in data):
        return 0
    kind, top, bottom, _ = _sum(weights)
    numerator, denominator = 0, 1
    for weight, x in zip(weights, data):
        kind = _common_type(kind, type(x))
        (a, b), (c, d) = _ratio(weight), _ratio(x)
        numerator, denominator = numerator * b * c + a * d * denominator, denominator * b * c
    # It is a reciprocal of reciprocals, so never an integer.
    kind = float if kind in (int, bool) else kind
    return _convert(top * denominator, bottom * numerator, kind)


def median(data):
    """The middle of the sorted data; the mean of the two in the middle if they are even in
    number."""
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    if n % 2:
        return data[n // 2]
    return (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    """The middle, or the lower of the two in the middle."""
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The middle, or the higher of the two in the middle."""
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    """The median of numbers that stand for the middles of intervals."""
    from bisect import bisect_left, bisect_right

    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    n = len(data)
    x = data[n // 2]
    before = bisect_left(data, x)
    inside = bisect_right(data, x, lo=before) - before
    try:
        interval, x = float(interval), float(x)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return x - interval / 2.0 + interval * (n / 2 - before) / inside


def _counts(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts


def mode(data):
    """The most common value; the first of those equally common."""
    counts = _counts(data)
    if not counts:
        raise StatisticsError("no mode for empty data")
    return max(counts, key=counts.get)


def multimode(data):
    """All values that are most common, in order of appearance."""
    counts = _counts(data)
    highest = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == highest]


def _squares(data, center):
    """(type, numerator, denominator, count) of the exact sum of squared distances from
    `center`, or from the mean."""
    data = list(data)
    kind, total, denominator, n = _sum(data)
    if n == 0:
        return kind, 0, 1, 0
    if denominator is None:
        return kind, math.nan, None, n
    if center is None:
        a, b = total, denominator * n
    else:
        a, b = _ratio(center)
    numerator, common = 0, 1
    for x in data:
        p, q = _ratio(x)
        top, bottom = (p * b - a * q) ** 2, (q * b) ** 2
        numerator = numerator * bottom + top * common
        common *= bottom
        divisor = math.gcd(numerator, common)
        numerator //= divisor
        common //= divisor
    return kind, numerator, common, n


def _root(numerator, denominator, kind):
    """The square root of an exact ratio, correctly rounded."""
    if denominator is None:
        return numerator
    if hasattr(kind, "sqrt"):
        return (kind(numerator) / kind(denominator)).sqrt()
    # As an integer with twice the bits of a float, and one to say that more follow.
    shift = max(0, 2 * 56 - (numerator.bit_length() - denominator.bit_length()))
    shift += shift % 2
    scaled = (numerator << shift) // denominator
    root = math.isqrt(scaled)
    if root * root != scaled or scaled * denominator != numerator << shift:
        root |= 1
    return root / (1 << shift // 2)


def variance(data, xbar=None):
    """The variance of a population, estimated from a sample of it."""
    kind, numerator, denominator, n = _squares(data, xbar)
    if n < 2:
        raise StatisticsError("variance requires at least two data points")
    return _convert(numerator, denominator and denominator * (n - 1), kind)


def pvariance(data, mu=None):
    """The variance of a population, given all of it."""
    kind, numerator, denominator, n = _squares(data, mu)
    if n < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _convert(numerator, denominator and denominator * n, kind)


def stdev(data, xbar=None):
    """The square root of the variance of a sample."""
    kind, numerator, denominator, n = _squares(data, xbar)
    if n < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _root(numerator, denominator and denominator * (n - 1), kind)


def pstdev(data, mu=None):
    """The square root of the variance of a population."""
    kind, numerator, denominator, n = _squares(data, mu)
    if n < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _root(numerator, denominator and denominator * n, kind)


def quantiles(data, *, n=4, method="exclusive"):
    """The n - 1 values that cut the data into n equally probable parts."""
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        if size == 1:
            return data * (n - 1)
        raise StatisticsError("must have at least one data point")
    result = []
    if method == "inclusive":
        for i in range(1, n):
            j, delta = divmod(i * (size - 1), n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method == "exclusive":
        for i in range(1, n):
            j = min(max(i * (size + 1) // n, 1), size - 1)
            delta = i * (size + 1) - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return result
    raise ValueError(f"Unknown method: {method!r}")


def _paired(x, y, what):
    n = len(x)
    if len(y) != n:
        raise StatisticsError(
            f"{what} requires that both inputs have same number of data points"
        )
    if n < 2:
        raise StatisticsError(f"{what} requires at least two data points")
    return n


def covariance(x, y, /):
    """How two sets of numbers vary together."""
    n = _paired(x, y, "covariance")
    xbar = math.fsum(x) / n
    ybar = math.fsum(y) / n
    return math.sumprod([xi - xbar for xi in x], [yi - ybar for yi in y]) / (n - 1)


def correlation(x, y, /, *, method="linear"):
    """Pearson's correlation of two sets of numbers, from -1 to 1; Spearman's, which is that
    of their ranks, with `method="ranked"`."""
    n = _paired(x, y, "correlation")
    if method not in ("linear", "ranked"):
        raise ValueError(f"Unknown method: {method!r}")
    if method == "ranked":
        x, y = _ranks(x), _ranks(y)
    xbar = math.fsum(x) / n
    ybar = math.fsum(y) / n
    x = [xi - xbar for xi in x]
    y = [yi - ybar for yi in y]
    sxy, sxx, syy = math.sumprod(x, y), math.sumprod(x, x), math.sumprod(y, y)
    try:
        return sxy / sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


def _ranks(data):
    """The place of each number in the order; equal ones share the mean of theirs."""
    order = sorted(range(len(data)), key=data.__getitem__)
    ranks = [0.0] * len(data)
    i = 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and data[order[j + 1]] == data[order[i]]:
            j += 1
        for position in order[i : j + 1]:
            ranks[position] = (i + j) / 2 - (len(data) - 1) / 2
        i = j + 1
    return ranks


def linear_regression(x, y, /, *, proportional=False):
    """The line `y = slope * x + intercept` closest to the points, by squared distances."""
    global _LinearRegression
    n = _paired(x, y, "linear regression")
    if _LinearRegression is None:
        from collections import namedtuple

        _LinearRegression = namedtuple(
            "LinearRegression", ("slope", "intercept"), module=__name__
        )
    if not proportional:
        xbar = math.fsum(x) / n
        ybar = math.fsum(y) / n
        x = [xi - xbar for xi in x]
        y = [yi - ybar for yi in y]
    sxy = math.sumprod(x, y) + 0.0
    sxx = math.sumprod(x, x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    return _LinearRegression(slope, 0.0 if proportional else ybar - slope * xbar)


_LinearRegression = None


class NormalDist:
    """A normal distribution, by its mean and standard deviation."""

    __slots__ = ("_mu", "_sigma")

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution that a sample suggests."""
        data = list(data)
        return cls(mean(map(float, data)), stdev(map(float, data)))

    @property
    def mean(self):
        return self._mu

    @property
    def median(self):
        return self._mu

    @property
    def mode(self):
        return self._mu

    @property
    def stdev(self):
        return self._sigma

    @property
    def variance(self):
        return self._sigma * self._sigma

    def _positive_sigma(self, what):
        if not self._sigma:
            raise StatisticsError(f"{what} not defined when sigma is zero")
        return self._sigma

    def samples(self, n, *, seed=None):
        """n random numbers of the distribution."""
        import random

        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        """How dense the probability is at x."""
        variance = self._positive_sigma("pdf()") ** 2
        diff = x - self._mu
        return math.exp(diff * diff / (-2.0 * variance)) / sqrt(math.tau * variance)

    def cdf(self, x):
        """The probability of a value up to x."""
        sigma = self._positive_sigma("cdf()")
        return 0.5 * math.erfc((self._mu - x) / (sigma * sqrt(2.0)))

    def zscore(self, x):
        """How many standard deviations x is above the mean."""
        return (x - self._mu) / self._positive_sigma("zscore()")

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __rsub__(self, other):
        return -(self - other)

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * math.fabs(factor))

    __rmul__ = __mul__

    def __truediv__(self, divisor):
        return NormalDist(self._mu / divisor, self._sigma / math.fabs(divisor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"
