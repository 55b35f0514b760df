"""Taylor polynomials of the exponential with fewer products than Paterson and Stockmeyer's.

A scheme is a table. Its terms are `I`, `X` and one product after the other, each of two linear
combinations of the terms before it; the polynomial is a combination of all terms. The first product
is `X X` always: scaling needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Row = dict[int, float]
"""A linear combination of terms: position -> coefficient. 0 is `I`, 1 is `X`, 2 is `X X`."""


@dataclass(frozen=True)
class Scheme:
    """A polynomial as a sequence of products.

    Attributes
    ----------
    degree : int
        The number of Taylor coefficients that are right, beside that of `I`.
    threshold : float
        The largest `d`, `‖X^2‖ = d^2`, at which the polynomial and its derivative stand for the
        exponential. With `h(x) = log(e^-x T(x))` the backward error of the polynomial `T`, and
        `h~` the series with the moduli of its coefficients, its Frechet derivative is as good as
        exact where `h~'(d) <= unit roundoff` (Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 30,
        2009, section 4).
    products : sequence of (Row, Row)
        The products after `X X`.
    result : Row
        The polynomial.
    """

    degree: int
    threshold: float
    products: Sequence[tuple[Row, Row]]
    result: Row


def _sum(*rows: Row) -> Row:
    total: Row = {}
    for row in rows:
        for term, coefficient in row.items():
            total[term] = total.get(term, 0.0) + coefficient
    return total


def _times(number: float, row: Row) -> Row:
    return {term: number * coefficient for term, coefficient in row.items()}


def _sastre() -> Scheme:
    y0, y1 = {3: 1.0}, {4: 1.0, 3: 5.76898851302614473, 2: 0.0233857603427129883}
    return Scheme(
        degree=15,
        threshold=1.9785,
        products=[
            ({2: 1.0}, {2: 4.01876161020103546e-4, 1: 2.94553144027968298e-3}),
            (
                {3: 1.0, 2: -8.70906657683767597e-3, 1: 0.40175684406735678},
                {3: 1.0, 2: 0.0323076288812231208},
            ),
            (
                _sum(y1, {2: 0.238107037387098722, 1: 2.22420917249637356}),
                _sum(y1, _times(-5.79236170707326052, y0), {1: -0.0413027636592978291}),
            ),
        ],
        result=_sum(
            {5: 1.0, 1: 1.0, 0: 1.0},
            _times(10.4080173523135436, y1),
            {3: -63.3171245588337072, 2: 0.348466586336457409},
        ),
    )


def _bader_blanes_casas() -> Scheme:
    # Terms: 2 and 3 the square and the cube of X, 4 its sixth power, 5 a product of degree 9. What
    # is a multiple of I in the factors of the paper's last product, (B + b + A + a)(A + a) with
    # numbers a and b, is multiplied out, so that exp(0) = I and exp(N) = I + N to the last bit.
    left = {1: -0.100365581030144618, 2: -8.02924648241156932e-3, 3: -8.92138498045729985e-4}
    right = {2: -0.0923364619367118555, 3: -0.0169364939002081723, 4: -1.40086798182036094e-5}
    A = {
        1: -0.0676404519071381882,
        2: 0.0675961301770459655,
        3: 0.0295552570429315521,
        4: -1.39180257516060693e-5,
        5: 1.0,
    }
    B = {
        1: 1.68015813878906206,
        2: 0.0571779846478865511,
        3: -6.98210122488052056e-3,
        4: 3.34975017086070471e-5,
    }
    a, b = -0.0904316832390810593, -10.9676396052962061
    rest = {2: 1.36783778460411720, 3: 0.498289622525382669, 4: -6.37898194594723280e-4, 6: 1.0}
    result = _sum(rest, _times(b + 2 * a, A), _times(a, B))
    return Scheme(
        degree=18,
        threshold=0.93172,
        products=[({2: 1.0}, {1: 1.0}), ({3: 1.0}, {3: 1.0}), (left, right), (_sum(A, B), A)],
        result=result | {0: 1.0, 1: 1.0},
    )


SASTRE = _sastre()
"""Degree 15, and a term of degree 16, in four products: for single precision.

Sastre, Ibanez and Defez, *Boosting the computation of the matrix exponential*, Appl. Math. Comput.
340, 2019, with coefficients refined until the Taylor coefficients are right to 17 digits. For the
value alone the threshold is 2.346.
"""

BADER_BLANES_CASAS = _bader_blanes_casas()
"""Degree 18 in five products: for double precision.

Bader, Blanes and Casas, *Computing the matrix exponential with an optimized Taylor polynomial
approximation*, Mathematics 7, 2019, section 3. For the value alone the threshold is 1.091.
"""


def scheme_for(real_dtype: str) -> Scheme:
    """The scheme for ``float32`` or ``float64``.

    Examples
    --------
    >>> scheme_for("float32").degree, len(scheme_for("float32").products) + 1
    (15, 4)
    """
    return {"float32": SASTRE, "float64": BADER_BLANES_CASAS}[real_dtype]
