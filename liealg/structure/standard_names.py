"""The names of full linear algebras: all matrices that keep one form, or a trace of zero."""

from __future__ import annotations

from liealg.algebra import MatrixBasis
from liealg.structure.invariant_forms import FormSpace, bilinear_forms, hermitian_forms


def standard_name(basis: MatrixBasis, dim: int) -> str | None:
    """The usual name of the algebra of dimension ``dim`` that a span generates, if it has one.

    An algebra that keeps a nondegenerate form lies in the algebra of that form, and is all of it if
    the dimensions agree: ``n (n - 1) / 2`` for so(p, q), ``n (n + 1) / 2`` for sp(n, R), twice that
    for so(n, C) and sp(n, C), ``n^2`` for u(p, q), one less for su(p, q). Without a form there are
    gl(n) and sl(n). Coordinates play no part. See Helgason, *Differential Geometry, Lie Groups, and
    Symmetric Spaces* (1978), section X.2.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> [standard_name(known(name), known(name).dim) for name in ("so(1,3)", "sp4", "u2", "se3")]
    ['so(3,1)', 'sp(4, R)', 'u(2)', None]
    """
    n, double = basis.n, 2 if basis.is_complex else 1
    field = "C" if basis.is_complex else "R"
    traceless = all(matrix.trace().expand() == 0 for matrix in basis.matrices)
    if dim == double * n * n:
        return f"gl({n}, {field})"
    if dim == double * (n * n - 1) and traceless:
        return f"sl({n}, {field})"
    if basis.is_complex and dim in (n * n, n * n - 1):
        signs = _signs(hermitian_forms(basis))
        if signs and (dim == n * n or traceless):
            return f"{'' if dim == n * n else 's'}u({signs})"
    return _bilinear_name(basis, dim // double if dim % double == 0 else 0)


def _bilinear_name(basis: MatrixBasis, dim: int) -> str | None:
    n = basis.n
    if n < 2 or dim not in (n * (n - 1) // 2, n * (n + 1) // 2):
        return None
    forms = bilinear_forms(basis)
    space = forms.symmetric if dim == n * (n - 1) // 2 else forms.antisymmetric
    if space.dim != 1 or space.rank != n:
        return None
    if space is forms.antisymmetric:
        return f"sp({n}, {'C' if basis.is_complex else 'R'})"
    return f"so({n}, C)" if basis.is_complex else f"so({_signs(space)})"


def _signs(space: FormSpace) -> str:
    """The signature of the only form of a space, if it is nondegenerate, as in ``so(3,2)``."""
    if space.signature is None or space.signature[2]:
        return ""
    return ",".join(str(count) for count in space.signature[:2] if count)
