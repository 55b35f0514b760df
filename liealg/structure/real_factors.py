"""Factors over the reals of a polynomial that is irreducible over its field."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from liealg.structure.signs import sign


@dataclass(frozen=True)
class RealFactors:
    """Linear factors with a real root, and quadratic ones with a pair of complex roots.

    Attributes
    ----------
    factors : tuple
        Each factor with ``"real"`` or ``"complex"``.
    root : sympy.Expr or None
        The square root that was adjoined to the field.
    """

    factors: tuple[tuple[sp.Poly, str], ...]
    root: sp.Expr | None


def real_factors(polynomial: sp.Poly) -> RealFactors | None:
    """Factor over the field or a real quadratic extension; ``None`` where that does not suffice.

    Examples
    --------
    >>> x = sp.Symbol("x")
    >>> found = real_factors(sp.Poly(x**2 - 2, x, domain="QQ"))
    >>> [(factor.as_expr(), kind) for factor, kind in found.factors], found.root
    ([(x + sqrt(2), 'real'), (x - sqrt(2), 'real')], sqrt(2))
    >>> real_factors(sp.Poly(x**3 - x - 1, x, domain="QQ")) is None
    True
    """
    if polynomial.degree() == 1:
        return RealFactors(((polynomial, "real"),), None)
    if polynomial.degree() == 2:
        discriminant = polynomial.discriminant()
        number = polynomial.domain.from_sympy(sp.sympify(discriminant))
        if sign(number, polynomial.domain) < 0:
            return RealFactors(((polynomial, "complex"),), None)
        return _over(polynomial, _square_root(discriminant))
    if polynomial.domain != sp.QQ:
        return None
    for radicand in _radicands(polynomial):
        found = _over(polynomial, sp.sqrt(radicand))
        if found is not None:
            return found
    return None


def _over(polynomial: sp.Poly, root: sp.Expr) -> RealFactors | None:
    x = polynomial.gen
    _, listed = sp.factor_list(polynomial.as_expr(), x, extension=_generators(polynomial, root))
    found = []
    for factor, _ in listed:
        monic = sp.Poly(factor, x, extension=_generators(polynomial, root)).monic()
        if monic.degree() > 2:
            return None
        kind = "real"
        if monic.degree() == 2:
            number = monic.domain.from_sympy(sp.sympify(monic.discriminant()))
            if sign(number, monic.domain) > 0:
                return None
            kind = "complex"
        found.append((monic, kind))
    return RealFactors(tuple(sorted(found, key=lambda part: str(part[0].as_expr()))), root)


def _generators(polynomial: sp.Poly, root: sp.Expr) -> list[sp.Expr]:
    domain = polynomial.domain
    return [domain.ext.as_expr(), root] if domain.is_AlgebraicField else [root]


def _square_root(number: sp.Expr) -> sp.Expr:
    """The square root, without its rational factor."""
    root = sp.sqrtdenest(sp.sqrt(number))
    return root.as_coeff_Mul()[1]


def _radicands(polynomial: sp.Poly) -> list[sp.Integer]:
    """Square-free integers whose roots may lie in the field of the polynomial's roots.

    A prime that ramifies in a subfield divides the discriminant.
    """
    discriminant = sp.Rational(polynomial.discriminant())
    number = abs(discriminant.p * discriminant.q)
    primes = sorted(p for p in sp.factorint(number, limit=10**4) if sp.isprime(p))[:6]
    found = [sp.Integer(1)]
    for prime in primes:
        found += [value * prime for value in found]
    return sorted(found)[1:]
