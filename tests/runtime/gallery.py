"""Matrices that the literature tests matrix exponentials with.

A family is a function that returns its matrices, of order at most 16; its docstring says where they
come from. Written from the definitions. Short references:

- Al-Mohy and Higham 2009: SIAM J. Matrix Anal. Appl. 31, 970, section 6 and their test set.
- Burkardt: *Test matrices for the matrix exponential*, SciPy's `test_burkardt_1` to `14`.
- Fasi and Higham 2019: SIAM J. Matrix Anal. Appl. 40, 1233.
- Higham: *The Matrix Computation Toolbox* and MATLAB's `gallery`, as in Higham, *Accuracy and
  Stability of Numerical Algorithms*, 2002, chapter 28.
- Kenney and Laub 1989, 1998: SIAM J. Matrix Anal. Appl. 10, 191, and 19, 640.
- Moler and Van Loan 2003: SIAM Review 45, 3.
- Ward 1977: SIAM J. Numer. Anal. 14, 600.
"""

import gallery_higham
import gallery_kinds
import gallery_papers
from families import COMPLEX_FAMILIES, FAMILIES

__all__ = ["COMPLEX_FAMILIES", "FAMILIES", "gallery_higham", "gallery_kinds", "gallery_papers"]
