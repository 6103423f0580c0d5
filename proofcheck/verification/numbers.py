"""Numbers: fractions, intervals where a value is not rational, complex numbers of both, and dual
numbers above all.

Source of the intervals: mpmath's `iv`, whose results contain the true value. Dual numbers: Griewank
and Walther 2008, 3.1; their levels keep nested derivatives apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Any

from mpmath import iv

iv.prec = 200
_LARGEST_FACTORIAL = 200
Number = Any  # Fraction | Interval | Complex | Dual, each with + - * / by the others


class Unsupported(Exception):
    """A certificate needs something that is not computed here; the message names it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that lies between two ends."""

    ends: Any

    def __add__(self, other: Number) -> Number:
        if isinstance(other, Complex | Dual):
            return NotImplemented
        return Interval(self.ends + ends(other))

    __radd__ = __add__

    def __neg__(self) -> Number:
        return Interval(-self.ends)

    def __sub__(self, other: Number) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Complex | Dual):
            return NotImplemented
        return Interval(self.ends * ends(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Number) -> Number:
        return self * reciprocal(other)

    def __rtruediv__(self, other: Number) -> Number:
        return reciprocal(self) * other

    def has_zero(self) -> bool:
        """Whether the number may be zero."""
        return 0 in self.ends


PI = Interval(iv.pi)


def ends(number: Number) -> Any:  # noqa: ANN401
    """The interval of a real number."""
    if isinstance(number, Interval):
        return number.ends
    if isinstance(number, Complex):
        raise Unsupported("a complex number where a real one is to stand")
    return iv.mpf(number.numerator) / iv.mpf(number.denominator)


@dataclass(frozen=True, slots=True)
class Complex:
    """`real + i imaginary`, of fractions or intervals."""

    real: Number
    imaginary: Number

    def __add__(self, other: Number) -> Number:
        if isinstance(other, Dual):
            return NotImplemented
        return Complex(self.real + real(other), self.imaginary + imaginary(other))

    __radd__ = __add__

    def __neg__(self) -> Number:
        return Complex(-self.real, -self.imaginary)

    def __sub__(self, other: Number) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Dual):
            return NotImplemented
        a, b, c, d = self.real, self.imaginary, real(other), imaginary(other)
        return Complex(a * c - b * d, a * d + b * c)

    __rmul__ = __mul__

    def __truediv__(self, other: Number) -> Number:
        return self * reciprocal(other)

    def __rtruediv__(self, other: Number) -> Number:
        return reciprocal(self) * other

    def has_zero(self) -> bool:
        """Whether the number may be zero."""
        return _may_be_zero(self.real) and _may_be_zero(self.imaginary)


I = Complex(Fraction(0), Fraction(1))  # noqa: E741


def _may_be_zero(number: Number) -> bool:
    return number == 0 if isinstance(number, Fraction) else bool(number.has_zero())


def real(number: Number) -> Number:
    """The real part."""
    if isinstance(number, Dual):
        return Dual(number.level, real(number.value), real(number.slope))
    return number.real if isinstance(number, Complex) else number


def imaginary(number: Number) -> Number:
    """The imaginary part."""
    if isinstance(number, Dual):
        return Dual(number.level, imaginary(number.value), imaginary(number.slope))
    return number.imaginary if isinstance(number, Complex) else Fraction(0)


def conjugate(number: Number) -> Number:
    """The complex conjugate."""
    if isinstance(number, Dual):
        return Dual(number.level, conjugate(number.value), conjugate(number.slope))
    return Complex(number.real, -number.imaginary) if isinstance(number, Complex) else number


@dataclass(frozen=True, slots=True)
class Dual:
    """`value + slope * e` with `e * e = 0`, of one level of differentiation."""

    level: int
    value: Number
    slope: Number

    def __add__(self, other: Number) -> Number:
        a, b, c, d = _parts(self, other)
        return _dual(self, other, a + c, b + d)

    __radd__ = __add__

    def __neg__(self) -> Number:
        return Dual(self.level, -self.value, -self.slope)

    def __sub__(self, other: Number) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        a, b, c, d = _parts(self, other)
        return _dual(self, other, a * c, a * d + b * c)

    __rmul__ = __mul__

    def __truediv__(self, other: Number) -> Number:
        return self * reciprocal(other)

    def __rtruediv__(self, other: Number) -> Number:
        return reciprocal(self) * other


def _level(number: Number) -> int:
    return number.level if isinstance(number, Dual) else -1


def _parts(left: Number, right: Number) -> tuple[Number, Number, Number, Number]:
    """Values and slopes of two numbers at the higher of their levels."""
    level = max(_level(left), _level(right))
    return (*_split(left, level), *_split(right, level))


def _split(number: Number, level: int) -> tuple[Number, Number]:
    return (number.value, number.slope) if _level(number) == level else (number, Fraction(0))


def _dual(left: Number, right: Number, value: Number, slope: Number) -> Dual:
    return Dual(max(_level(left), _level(right)), value, slope)


def reciprocal(number: Number) -> Number:
    """One over a number."""
    if isinstance(number, Dual):
        one = reciprocal(number.value)
        return Dual(number.level, one, -number.slope * one * one)
    if isinstance(number, Fraction):
        if number == 0:
            raise Unsupported("a division by zero")
        return 1 / number
    if number.has_zero():
        raise Unsupported("a division by an interval with zero in it")
    if isinstance(number, Complex):
        one = reciprocal(number.real * number.real + number.imaginary * number.imaginary)
        return conjugate(number) * one
    return Interval(1 / number.ends)


def exp(number: Number) -> Number:
    """The exponential."""
    if isinstance(number, Dual):
        value = exp(number.value)
        return Dual(number.level, value, value * number.slope)
    if isinstance(number, Complex):
        size = exp(number.real)
        return Complex(size * cos(number.imaginary), size * sin(number.imaginary))
    return Interval(iv.exp(ends(number)))


def log(number: Number) -> Number:
    """The logarithm of a positive number."""
    if isinstance(number, Dual):
        return Dual(number.level, log(number.value), number.slope * reciprocal(number.value))
    return Interval(iv.log(_above_zero(number)))


def sqrt(number: Number) -> Number:
    """The root of a positive number, and of zero."""
    if isinstance(number, Dual):
        value = sqrt(number.value)
        return Dual(number.level, value, number.slope * reciprocal(2 * value))
    if number == 0:
        return number
    return Interval(iv.sqrt(_above_zero(number)))


def sin(number: Number) -> Number:
    """The sine."""
    if isinstance(number, Dual):
        return Dual(number.level, sin(number.value), cos(number.value) * number.slope)
    return Interval(iv.sin(ends(number)))


def cos(number: Number) -> Number:
    """The cosine."""
    if isinstance(number, Dual):
        return Dual(number.level, cos(number.value), -sin(number.value) * number.slope)
    return Interval(iv.cos(ends(number)))


def tan(number: Number) -> Number:
    """The tangent."""
    return sin(number) / cos(number)


def sinh(number: Number) -> Number:
    """The hyperbolic sine."""
    return (exp(number) - exp(-number)) * Fraction(1, 2)


def cosh(number: Number) -> Number:
    """The hyperbolic cosine."""
    return (exp(number) + exp(-number)) * Fraction(1, 2)


def gamma(number: Number) -> Number:
    """The gamma function of a number that nothing moves."""
    if isinstance(number, Dual):
        raise Unsupported("the slope of the gamma function")
    if isinstance(number, Fraction) and number.denominator == 1 and 0 < number < _LARGEST_FACTORIAL:
        return Fraction(factorial(int(number) - 1))
    return Interval(iv.gamma(_above_zero(number)))


def beta(left: Number, right: Number) -> Number:
    """The beta function (DLMF 5.12.1)."""
    return gamma(left) * gamma(right) / gamma(left + right)


def _above_zero(number: Number) -> Any:  # noqa: ANN401
    found = ends(number)
    if not found.a > 0:
        raise Unsupported("a root or a logarithm of what may not be positive")
    return found


def logistic(number: Number) -> Number:
    """`1/(1 + exp(-x))`."""
    return reciprocal(exp(-number) + 1)


def tanh(number: Number) -> Number:
    """`2/(1 + exp(-2x)) - 1`."""
    return logistic(2 * number) * 2 - 1


def absolute(number: Number) -> Number:
    """A number without its sign; of a complex number its length."""
    if isinstance(base(number), Complex):
        return sqrt(real(number * conjugate(number)))
    below = _sign(number) < 0
    return -number if below else number


def sign(number: Number) -> Number:
    """The sign, whose slope is zero."""
    return Fraction(_sign(number))


def _sign(number: Number) -> int:
    plain = base(number)
    if isinstance(plain, Fraction):
        return (plain > 0) - (plain < 0)
    if isinstance(plain, Complex):
        raise Unsupported("the sign of a complex number")
    if plain.ends.a > 0 or plain.ends.b < 0:
        return 1 if plain.ends.a > 0 else -1
    raise Unsupported("the sign of an interval with zero in it")


def maximum(left: Number, right: Number) -> Number:
    """The greater of two numbers; raises `Unsupported` where nothing says which."""
    return left if _sign(left - right) >= 0 else right


def minimum(left: Number, right: Number) -> Number:
    """The lesser of two numbers."""
    return right if _sign(left - right) >= 0 else left


def base(number: Number) -> Number:
    """A number without its slopes."""
    while isinstance(number, Dual):
        number = number.value
    return number


def whole(number: Number) -> int:
    """A whole number; raises `Unsupported`."""
    plain = base(number)
    if isinstance(plain, Fraction) and plain.denominator == 1 and abs(plain) < 10_000:
        return int(plain)
    raise Unsupported("an index that is no whole number")


def power(number: Number, exponent: Number) -> Number:
    """A power; one that is not whole is of a positive number."""
    plain = base(exponent)
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) <= 64:
        result: Number = Fraction(1)
        for _ in range(abs(int(plain))):
            result = result * number
        return reciprocal(result) if plain < 0 else result
    return exp(log(number) * exponent)


def below(left: Number, right: Number) -> bool:
    """Whether a number is certainly less than another."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left < right
    return bool(ends(left).b < ends(right).a)


def apart(left: Number, right: Number) -> bool:
    """Whether two numbers are certainly different."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left != right
    if isinstance(left, Complex) or isinstance(right, Complex):
        return apart(real(left), real(right)) or apart(imaginary(left), imaginary(right))
    a, b = ends(left), ends(right)
    return bool(a.b < b.a or b.b < a.a)
