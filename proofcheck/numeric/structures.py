"""What properties make of random entries: values that have them, and directions that keep them."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq, fmpq_mat

from proofcheck.numeric.arithmetic import (
    Item,
    Number,
    Tensor,
    Undefined,
    Unsupported,
    entries_of,
    from_entries,
    is_grid,
)


def identity(size: int) -> fmpq_mat:
    """The identity matrix."""
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])


def _symmetric(item: Item) -> Item:
    return item + item.transpose()


def _skew(item: Item) -> Item:
    return item - item.transpose()


def _diagonal(item: fmpq_mat) -> fmpq_mat:
    size = item.nrows()
    return fmpq_mat(
        size, size, [item[i, i] if i == j else 0 for i in range(size) for j in range(size)]
    )


def _definite(item: fmpq_mat) -> fmpq_mat:
    return item * item.transpose() + identity(item.nrows())


def _orthogonal(item: fmpq_mat) -> fmpq_mat:
    """Columns of the Cayley transform of a skew matrix (Golub and Van Loan 2013, 5.1).

    That is a rotation; the first column is turned round if the first entry is negative.
    """
    rows, columns = item.nrows(), item.ncols()
    size = max(rows, columns)
    skew = fmpq_mat(
        size, size, [fmpq(((i * 7 + j * 3) % 5) - 2) for i in range(size) for j in range(size)]
    )
    for i in range(rows):
        for j in range(columns):
            skew[i, j] = skew[i, j] + item[i, j]
    skew = _skew(skew)
    one = identity(size)
    whole = (one - skew) * (one + skew).inv()
    if item[0, 0] < 0:
        for i in range(size):
            whole[i, 0] = -whole[i, 0]
    return fmpq_mat(rows, columns, [whole[i, j] for i in range(rows) for j in range(columns)])


def _orthonormal(item: fmpq_mat) -> fmpq_mat:
    if item.ncols() > item.nrows():
        raise Undefined("more orthonormal columns than rows")
    return _orthogonal(item)


def _unit(item: fmpq_mat) -> fmpq_mat:
    """The first column of an orthogonal matrix: a rational vector of length one."""
    return _orthogonal(item)


def _idempotent(item: fmpq_mat) -> fmpq_mat:
    """A projection along a random direction: `U D U^-1` with ones and zeros in `D`."""
    size = item.nrows()
    basis = item + identity(size) * 10
    kept = fmpq_mat(
        size, size, [int(i == j and i % 2 == 0) for i in range(size) for j in range(size)]
    )
    return basis * kept * basis.inv()


def _one_hot(item: fmpq_mat) -> fmpq_mat:
    """A unit vector along an axis that the entries choose."""
    rows, columns = item.nrows(), item.ncols()
    entries = item.entries()
    at = max(range(len(entries)), key=lambda i: entries[i])
    return fmpq_mat(rows, columns, [int(i == at) for i in range(len(entries))])


def _masked(kept: Callable[[int, int], bool]) -> Callable[[fmpq_mat], fmpq_mat]:
    """Zeros outside of the places that are kept."""

    def shape(item: fmpq_mat) -> fmpq_mat:
        rows, columns = item.nrows(), item.ncols()
        places = [(i, j) for i in range(rows) for j in range(columns)]
        return fmpq_mat(rows, columns, [item[i, j] if kept(i, j) else 0 for i, j in places])

    return shape


_tridiagonal = _masked(lambda i, j: abs(i - j) <= 1)
_lower, _upper = _masked(lambda i, j: i >= j), _masked(lambda i, j: i <= j)


def _toeplitz(item: fmpq_mat) -> fmpq_mat:
    """Constant along the diagonals, by the first row and column (Golub and Van Loan 2013, 4.7)."""
    size = item.nrows()
    places = [(i, j) for i in range(size) for j in range(size)]
    return fmpq_mat(size, size, [item[max(i - j, 0), max(j - i, 0)] for i, j in places])


def _circulant(item: fmpq_mat) -> fmpq_mat:
    """Every row is the one above, moved by one (Golub and Van Loan 2013, 4.8)."""
    size = item.nrows()
    places = [(i, j) for i in range(size) for j in range(size)]
    return fmpq_mat(size, size, [item[0, (j - i) % size] for i, j in places])


def _traceless(item: fmpq_mat) -> fmpq_mat:
    size = item.nrows()
    trace = sum((item[i, i] for i in range(size)), fmpq(0))
    return item - identity(size) * (trace / size)


def _rank_one(item: fmpq_mat) -> fmpq_mat:
    """The product of the first column and the first row."""
    rows, columns = item.nrows(), item.ncols()
    places = [(i, j) for i in range(rows) for j in range(columns)]
    return fmpq_mat(rows, columns, [item[i, 0] * item[0, j] for i, j in places])


def _column(item: fmpq_mat) -> fmpq_mat:
    return fmpq_mat(item.nrows(), 1, [item[i, 0] for i in range(item.nrows())])


def _singular(item: fmpq_mat) -> fmpq_mat:
    """The columns made to add up to zero."""
    size = item.nrows()
    last = [-sum((item[i, j] for j in range(size - 1)), fmpq(0)) for i in range(size)]
    places = [(i, j) for i in range(size) for j in range(size)]
    return fmpq_mat(size, size, [last[i] if j == size - 1 else item[i, j] for i, j in places])


def _nilpotent(item: fmpq_mat) -> fmpq_mat:
    """A strictly triangular matrix in another basis."""
    size = item.nrows()
    basis = item + identity(size) * 10
    return basis * (_upper(item) - _diagonal(item)) * basis.inv()


def _ones(item: fmpq_mat) -> fmpq_mat:
    rows, columns = item.nrows(), item.ncols()
    return fmpq_mat(rows, columns, [1] * (rows * columns))


def _permutation(item: fmpq_mat) -> fmpq_mat:
    """The permutation that sorts the first column."""
    size = item.nrows()
    order = sorted(range(size), key=lambda i: (item[i, 0], i))
    order = order[1:] + order[:1] if order == sorted(order) else order
    return fmpq_mat(size, size, [int(order[i] == j) for i in range(size) for j in range(size)])


def _projection(item: fmpq_mat) -> fmpq_mat:
    """An orthogonal projection onto every other column of an orthogonal matrix."""
    basis = _orthogonal(item)
    return basis * _alternating(item.nrows(), 1, 0) * basis.transpose()


def _reflection(item: fmpq_mat) -> fmpq_mat:
    """A symmetric orthogonal matrix, which is its own inverse."""
    basis = _orthogonal(item)
    return basis * _alternating(item.nrows(), 1, -1) * basis.transpose()


def _involution(item: fmpq_mat) -> fmpq_mat:
    """A matrix that is its own inverse."""
    return 2 * _idempotent(item) - identity(item.nrows())


def _alternating(size: int, even: int, odd: int) -> fmpq_mat:
    """A diagonal matrix of two numbers in turn."""
    return fmpq_mat(
        size, size, [(odd if i % 2 else even) * (i == j) for i in range(size) for j in range(size)]
    )


def _positive_diagonal(item: fmpq_mat) -> fmpq_mat:
    """The absolute values on the diagonal."""
    rows, columns = item.nrows(), item.ncols()
    return _diagonal(fmpq_mat(rows, columns, [abs(entry) for entry in item.entries()]))


def _unit_diagonal(shape: Callable[[fmpq_mat], fmpq_mat]) -> Callable[[fmpq_mat], fmpq_mat]:
    """A triangular matrix with ones on its diagonal."""

    def shaped(item: fmpq_mat) -> fmpq_mat:
        return shape(item) - _diagonal(item) + identity(item.nrows())

    return shaped


def _orthonormal_rows(item: fmpq_mat) -> fmpq_mat:
    return _orthonormal(item.transpose()).transpose()


def _tall(item: fmpq_mat) -> fmpq_mat:
    """As it is: random columns are independent, if there can be as many."""
    if item.ncols() > item.nrows():
        raise Undefined("more independent columns than rows")
    return item


def _wide(item: fmpq_mat) -> fmpq_mat:
    if item.nrows() > item.ncols():
        raise Undefined("more independent rows than columns")
    return item


_COMBINED: tuple[tuple[frozenset[str], Callable[[fmpq_mat], fmpq_mat]], ...] = tuple(
    (frozenset(words.split(", ")), shaped)
    for words, shaped in (
        ("symmetric, idempotent", _projection),
        ("hermitian, idempotent", _projection),
        ("orthogonal, idempotent", _projection),
        ("symmetric, orthogonal", _reflection),
        ("symmetric, involutory", _reflection),
        ("diagonal, positive definite", _positive_diagonal),
        ("diagonal, positive semidefinite", _positive_diagonal),
        ("symmetric, circulant", lambda item: _circulant(_symmetric(_circulant(item)))),
        ("symmetric, tridiagonal", lambda item: _tridiagonal(_symmetric(item))),
        ("symmetric, traceless", lambda item: _traceless(_symmetric(item))),
        ("symmetric, rank one", lambda item: _column(item) * _column(item).transpose()),
        ("symmetric, Toeplitz", lambda item: _toeplitz(_symmetric(item))),
        ("unit, lower triangular", _unit_diagonal(_lower)),
        ("unit, upper triangular", _unit_diagonal(_upper)),
    )
)
"""What is drawn for properties that go together; the first that are all there."""
DISCRETE = {"binary": "entries 0 or 1", "signs": "entries -1 or 1"}
"""What is said of symbols with one of two values, and the property that draws these and no others.

Few values are easily agreed on by chance, so that they are drawn only for a step that differs at
others.
"""


def _either(least: int) -> Callable[[fmpq_mat], fmpq_mat]:
    """Entries that are 1, or `least`, by their signs."""

    def shaped(item: fmpq_mat) -> fmpq_mat:
        entries = [fmpq(1 if entry > 0 else least) for entry in item.entries()]
        return fmpq_mat(item.nrows(), item.ncols(), entries)

    return shaped


def _either_number(item: Item, properties: frozenset[str]) -> Item:
    """The same for a number."""
    for word, least in (("binary", 0), ("signs", -1)):
        if DISCRETE[word] in properties:
            return fmpq(1 if item > 0 else least)
    return item


_SHAPED: dict[str, Callable[[fmpq_mat], fmpq_mat]] = {
    "positive definite": _definite,
    "positive semidefinite": _definite,
    "diagonal": _diagonal,
    "Toeplitz": _toeplitz,
    "permutation": _permutation,
    "lower triangular": _lower,
    "upper triangular": _upper,
    "symmetric": _symmetric,
    "hermitian": _symmetric,
    "skew-symmetric": _skew,
    "orthogonal": _orthogonal,
    "orthonormal": _orthogonal,
    "orthonormal columns": _orthonormal,
    "full column rank": _tall,
    "full row rank": _wide,
    "orthonormal rows": _orthonormal_rows,
    "unitary": _orthogonal,
    "idempotent": _idempotent,
    "involutory": _involution,
    "one-hot": _one_hot,
    "circulant": _circulant,
    "tridiagonal": _tridiagonal,
    "traceless": _traceless,
    "nilpotent": _nilpotent,
    "singular": _singular,
    "rank one": _rank_one,
    "all-ones": _ones,
    "unit": _unit,
    "unit vector": _unit,
    DISCRETE["binary"]: _either(0),
    DISCRETE["signs"]: _either(-1),
}
_LINEAR = {
    word: _SHAPED[word]
    for word in (
        "diagonal", "Toeplitz", "lower triangular", "upper triangular", "circulant",
        "tridiagonal", "traceless",
    )
}  # fmt: skip
_CURVED = frozenset(("nilpotent", "singular", "rank one"))
_SYMMETRIC = frozenset(("positive definite", "positive semidefinite", "symmetric", "hermitian"))
ORTHOGONAL = frozenset(("orthogonal", "orthonormal", "orthonormal columns", "unitary"))
ROTATION = "rotation"
"""What is said of an orthogonal matrix beside that, if its determinant is 1."""
_SKEW = frozenset(("skew-symmetric",))
_UNIT = frozenset(("unit", "unit vector"))
_SIMILAR = frozenset(("idempotent", "involutory"))
_BENT = _CURVED | _SIMILAR | _LINEAR.keys() | {"constrained"}
"""Properties that a change of basis keeps."""


def structured(item: Item, properties: frozenset[str]) -> Item:
    """Random entries made into a value with properties; not all of them if they are many.

    Raises `Undefined` for properties of square matrices where the entries are of another.
    """
    if isinstance(item, Tensor):
        return _each(lambda part: structured(part, properties), item)
    if not is_grid(item):
        return _within(_either_number(item, properties), properties)
    together = next(((sorted(w), shaped) for w, shaped in _COMBINED if w <= properties), None)
    alone = (([word], shaped) for word, shaped in _SHAPED.items() if word in properties)
    words, shape = together or next(alone, ([], None))
    try:
        return _within(shape(item) if shape is not None else item, properties)
    except ValueError:
        if 1 in (item.nrows(), item.ncols()):
            return item  # a vector, of which only custom can say that it is symmetric
        raise Undefined(f"a matrix said to be {' and '.join(words)} is not square") from None


def _within(item: Item, properties: frozenset[str]) -> Item:
    """What every norm puts below 1, if that is said of it: the sum of the absolute values is."""
    if "contraction" not in properties:
        return item
    total = sum((abs(entry) for entry in entries_of(item)), fmpq(1))
    return item / total if not is_grid(item) else item * (1 / total)


def direction(value: Item, item: Item, properties: frozenset[str]) -> Item:
    """Random entries made into a direction in which a value may move and keep its properties."""
    if isinstance(item, Tensor) and isinstance(value, Tensor):
        return _each(lambda part, at: direction(at, part, properties), item, value)
    if not is_grid(item) or not is_grid(value):
        return item * 0 if properties & {*DISCRETE.values()} else item
    if 1 in (item.nrows(), item.ncols()) and properties <= _SYMMETRIC:
        return item
    if properties & _SIMILAR:
        turn = _skew(item) if properties & (_SYMMETRIC | ORTHOGONAL) else item
        return turn * value - value * turn
    if properties & ORTHOGONAL or (properties & _UNIT and not properties & _LINEAR.keys()):
        return _skew(_square_like(value.nrows())) * value
    if "orthonormal rows" in properties:
        return value * _skew(_square_like(value.ncols()))
    if properties & {"permutation", "all-ones", *DISCRETE.values()}:
        return item * 0
    if properties & _CURVED:
        raise Undefined("no direction is known that keeps a matrix as it is said to be")
    for word, shaped in _LINEAR.items():
        if word in properties:
            kept = shaped(_symmetric(item) if properties & _SYMMETRIC else item)
            return kept - _diagonal(kept) if _UNIT & properties else kept
    if properties & _SYMMETRIC:
        return _symmetric(item)
    return _skew(item) if "skew-symmetric" in properties else item


def _each(shaped: Callable[..., Item], *tensors: Tensor) -> Item:
    """A map on each of the matrices that tensors of three axes hold."""
    shape = tensors[0].shape
    if len(shape) != 3:
        return tensors[0]
    size = shape[1] * shape[2]
    found: list[Number] = []
    for start in range(0, len(tensors[0].entries), size):
        parts = [from_entries(shape[1:], t.entries[start : start + size]) for t in tensors]
        found += entries_of(shaped(*parts))
    return Tensor(shape, tuple(found))


def of_function(item: Item, properties: frozenset[str]) -> Item:
    """A part of the value of a random function made into one of functions with properties.

    Raises `Unsupported` for properties that no linear map of the entries gives.
    """
    if not is_grid(item) or not properties & (_SYMMETRIC | _SKEW | ORTHOGONAL | _UNIT | _BENT):
        return item
    if item.nrows() == item.ncols() and properties & (_SYMMETRIC | _SKEW):
        return _symmetric(item) if properties & _SYMMETRIC else _skew(item)
    raise Unsupported("a function whose values are constrained")


def _square_like(size: int) -> fmpq_mat:
    return fmpq_mat(
        size, size, [fmpq((i * 5 + j * 3) % 7 - 3) for i in range(size) for j in range(size)]
    )
