"""What a name or a file stands for."""

from __future__ import annotations

from liealg.algebra import MatrixBasis
from liealg.catalogue.definition_files import defined_in, is_file_reference
from liealg.catalogue.registry import known


def definitions(reference: str) -> list[MatrixBasis]:
    """What a name or a file stands for, as everywhere at the command line.

    Parameters
    ----------
    reference
        The name of a known algebra, such as ``so5`` or ``so(3,2)``; or the path of a Python file,
        of which the ``MatrixBasis`` and ``LieAlgebra`` objects bound at module level are taken, in
        the order of their binding; or a path and the name of one of them,
        ``my_bases.py:shear``. The file is run.

    Raises
    ------
    ValueError
        If there is no such algebra, file or definition, the file fails to import (with its own
        error and line) or defines nothing.

    Examples
    --------
    >>> definitions("so3")
    [LieAlgebra('so3', dim=3, n=3)]
    """
    return defined_in(reference) if is_file_reference(reference) else [known(reference)]
