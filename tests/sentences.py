"""What the sentence on an algebra must say, after the literature."""

import sympy as sp

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.constructors import adjoint_representation, direct_sum, realify, semidirect_sum

HELGASON = "Helgason, Differential Geometry, Lie Groups, and Symmetric Spaces, 1978, chapter X"
HUMPHREYS = "Humphreys, Introduction to Lie Algebras and Representation Theory, 1972, chapter I"
HALL = "Hall, Lie Groups, Lie Algebras, and Representations, 2015, chapters 1 to 4"
FULTON = "Fulton and Harris, Representation Theory, 1991, lectures 11 to 20"

# name, the algebra, its matrices, source
SENTENCES = [
    (
        "so2",
        "so(2): abelian, 1-dimensional",
        "preserves a symmetric form of signature (2, 0) and a symplectic form; "
        "irreducible on R^2, of complex type",
        HALL,
    ),
    (
        "so(1,1)",
        "so(1,1): abelian, 1-dimensional",
        "preserves a symmetric form of signature (1, 1) and a symplectic form; "
        "completely reducible on R^2, parts of dimensions 1 and 1",
        HALL,
    ),
    (
        "so3",
        "so(3) ≅ su(2): simple of type A1, 3-dimensional, rank 1, compact, "
        "Killing signature (0, 3)",
        "preserves a symmetric form of signature (3, 0); irreducible on R^3",
        HELGASON,
    ),
    (
        "so(2,1)",
        "so(2,1) ≅ sl(2, R): simple of type A1, 3-dimensional, rank 1, non-compact, "
        "Killing signature (2, 1)",
        "preserves a symmetric form of signature (2, 1); irreducible on R^3",
        HELGASON,
    ),
    (
        "so4",
        "so(4): semisimple, 6-dimensional, su(2) + su(2), rank 2, compact, "
        "Killing signature (0, 6)",
        "preserves a symmetric form of signature (4, 0); irreducible on R^4",
        HELGASON,
    ),
    (
        "so(2,2)",
        "so(2,2): semisimple, 6-dimensional, sl(2, R) + sl(2, R), rank 2, non-compact, "
        "Killing signature (4, 2)",
        "preserves a symmetric form of signature (2, 2); irreducible on R^4",
        HELGASON,
    ),
    (
        "so(1,3)",
        "so(3,1) ≅ sl(2, C): simple of type A1, a complex algebra seen as a real one, "
        "6-dimensional, rank 2, non-compact, Killing signature (3, 3)",
        "preserves a symmetric form of signature (3, 1); irreducible on R^4",
        HELGASON,
    ),
    (
        "so(3,2)",
        "so(3,2): simple of type B2, 10-dimensional, rank 2, non-compact, Killing signature (6, 4)",
        "preserves a symmetric form of signature (3, 2); irreducible on R^5",
        HELGASON,
    ),
    (
        "so(4,1)",
        "so(4,1): simple of type B2, 10-dimensional, rank 2, non-compact, Killing signature (4, 6)",
        "preserves a symmetric form of signature (4, 1); irreducible on R^5",
        HELGASON,
    ),
    (
        "so(4,2)",
        "so(4,2) ≅ su(2,2): simple of type A3, 15-dimensional, rank 3, non-compact, "
        "Killing signature (8, 7)",
        "preserves a symmetric form of signature (4, 2); irreducible on R^6",
        HELGASON,
    ),
    (
        "su2",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a Hermitian form of signature (2, 0) and a complex symplectic form; "
        "irreducible on C^2",
        HALL,
    ),
    (
        "su3",
        "su(3): simple of type A2, 8-dimensional, rank 2, compact, Killing signature (0, 8)",
        "preserves a Hermitian form of signature (3, 0); irreducible on C^3",
        HALL,
    ),
    (
        "su(2,1)",
        "su(2,1): simple of type A2, 8-dimensional, rank 2, non-compact, Killing signature (4, 4)",
        "preserves a Hermitian form of signature (2, 1); irreducible on C^3",
        HELGASON,
    ),
    (
        "su(1,1)",
        "su(1,1) ≅ sl(2, R): simple of type A1, 3-dimensional, rank 1, non-compact, "
        "Killing signature (2, 1)",
        "preserves a Hermitian form of signature (1, 1) and a complex symplectic form; "
        "irreducible on C^2",
        HELGASON,
    ),
    (
        "u1",
        "u(1): abelian, 1-dimensional",
        "preserves a Hermitian form of signature (1, 0); irreducible on C^1",
        HALL,
    ),
    (
        "u2",
        "u(2): reductive, 4-dimensional, su(2) + 1-dimensional center, rank 2, "
        "Killing signature (0, 3, 1)",
        "preserves a Hermitian form of signature (2, 0); irreducible on C^2",
        HALL,
    ),
    (
        "sl2",
        "sl(2, R): simple of type A1, 3-dimensional, rank 1, non-compact, Killing signature (2, 1)",
        "preserves a symplectic form; irreducible on R^2",
        HUMPHREYS,
    ),
    (
        "sl3",
        "sl(3, R): simple of type A2, 8-dimensional, rank 2, non-compact, Killing signature (5, 3)",
        "preserves no bilinear form; irreducible on R^3",
        HELGASON,
    ),
    (
        "gl2",
        "gl(2, R): reductive, 4-dimensional, sl(2, R) + 1-dimensional center, rank 2, "
        "Killing signature (2, 1, 1)",
        "preserves no bilinear form; irreducible on R^2",
        HUMPHREYS,
    ),
    (
        "sp4",
        "sp(4, R) ≅ so(3,2): simple of type B2, 10-dimensional, rank 2, non-compact, "
        "Killing signature (6, 4)",
        "preserves a symplectic form; irreducible on R^4",
        HELGASON,
    ),
    (
        "se2",
        "solvable of derived length 2, 3-dimensional, 2-dimensional abelian nilradical, rank 1, "
        "Killing signature (0, 1, 2)",
        "preserves a symmetric form of signature (1, 0, 2); not completely reducible on R^3, "
        "irreducible quotients of dimensions 1 and 2 (complex)",
        "Hall, 2015, section 1.2; the plane turns, the homogeneous coordinate stays",
    ),
    (
        "se3",
        "6-dimensional, Levi factor su(2) ≅ so(3), 3-dimensional abelian radical, rank 2, "
        "Killing signature (0, 3, 3)",
        "preserves a symmetric form of signature (1, 0, 3); not completely reducible on R^4, "
        "irreducible quotients of dimensions 1 and 3",
        "Murray, Li and Sastry, A Mathematical Introduction to Robotic Manipulation, 1994",
    ),
    (
        "se23",
        "9-dimensional, Levi factor su(2) ≅ so(3), 6-dimensional abelian radical, rank 3, "
        "Killing signature (0, 3, 6)",
        "preserves 3 independent symmetric forms and an antisymmetric form of rank 2; "
        "not completely reducible on R^5, irreducible quotients of dimensions 1, 1 and 3",
        "Barrau and Bonnabel, IEEE TAC 62, 2017: velocities and positions commute",
    ),
    (
        "sgal3",
        "10-dimensional, Levi factor su(2) ≅ so(3), 7-dimensional nilpotent (class 2) radical, "
        "rank 4, Killing signature (0, 3, 7)",
        "preserves a symmetric form of signature (1, 0, 4) and an antisymmetric form of rank 2; "
        "not completely reducible on R^5, irreducible quotients of dimensions 1, 1 and 3",
        "Kelly, arXiv:2312.07555, 2023: [v_i, t] = p_i",
    ),
    (
        "sim3",
        "7-dimensional, Levi factor su(2) ≅ so(3), 4-dimensional solvable (derived length 2) "
        "radical, rank 2, Killing signature (1, 3, 3)",
        "preserves a symmetric form of signature (1, 0, 3); not completely reducible on R^4, "
        "irreducible quotients of dimensions 1 and 3",
        "the scale acts on the translations",
    ),
    (
        "aff2",
        "6-dimensional, Levi factor sl(2, R) ≅ so(2,1), 3-dimensional solvable (derived length 2) "
        "radical, rank 2, Killing signature (3, 1, 2)",
        "preserves a symmetric form of signature (1, 0, 2); not completely reducible on R^3, "
        "irreducible quotients of dimensions 1 and 2",
        "Kobayashi and Nomizu, Foundations of Differential Geometry I, 1963, section III.3",
    ),
    (
        "aff1",
        "solvable of derived length 2, 2-dimensional, 1-dimensional abelian nilradical, rank 1, "
        "Killing signature (1, 0, 1)",
        "preserves a symmetric form of signature (1, 0, 1); not completely reducible on R^2, "
        "irreducible quotients of dimensions 1 and 1",
        "the only nonabelian algebra of dimension 2 (Humphreys, 1972, section 1.4)",
    ),
    (
        "heisenberg1",
        "nilpotent of class 2, 3-dimensional, 1-dimensional center",
        "preserves a symmetric form of signature (1, 0, 2) and an antisymmetric form of rank 2; "
        "not completely reducible on R^3, irreducible quotients of dimensions 1, 1 and 1, "
        "commutant of dimension 2",
        "Folland, Harmonic Analysis in Phase Space, 1989, chapter 1",
    ),
    (
        "upper_triangular3",
        "solvable of derived length 3, 6-dimensional, 4-dimensional nilpotent (class 2) "
        "nilradical, rank 3, Killing signature (2, 0, 4), "
        "a direct sum of ideals of dimensions 1 and 5",
        "preserves no bilinear form; not completely reducible on R^3, "
        "irreducible quotients of dimensions 1, 1 and 1",
        HUMPHREYS,
    ),
    (
        "strictly_upper_triangular4",
        "nilpotent of class 3, 6-dimensional, 1-dimensional center",
        "preserves a symmetric form of signature (1, 0, 3) and an antisymmetric form of rank 2; "
        "not completely reducible on R^4, irreducible quotients of dimensions 1 (4 times), "
        "commutant of dimension 2",
        HUMPHREYS,
    ),
    (
        "diagonal3",
        "abelian, 3-dimensional",
        "preserves no bilinear form; completely reducible on R^3, parts of dimensions 1, 1 and 1",
        HUMPHREYS,
    ),
    (
        "translations3",
        "abelian, 3-dimensional",
        "preserves a symmetric form of signature (1, 0, 3) and 3 independent antisymmetric forms; "
        "not completely reducible on R^4, irreducible quotients of dimensions 1 (4 times), "
        "commutant of dimension 4",
        HALL,
    ),
    (
        "poincare",
        "10-dimensional, Levi factor sl(2, C) ≅ so(3,1), 4-dimensional abelian radical, rank 2, "
        "Killing signature (3, 3, 4)",
        "preserves a symmetric form of signature (1, 0, 4); not completely reducible on R^5, "
        "irreducible quotients of dimensions 1 and 4",
        "Weinberg, The Quantum Theory of Fields I, 1995, section 2.4",
    ),
    (
        "oscillator",
        "solvable of derived length 3, 4-dimensional, 3-dimensional nilpotent (class 2) "
        "nilradical, rank 2, Killing signature (0, 1, 3)",
        "preserves a symmetric form of signature (1, 0, 3) and a symplectic form; "
        "not completely reducible on R^4, "
        "irreducible quotients of dimensions 1, 1 and 2 (complex), commutant of dimension 2",
        "Streater, Commun. Math. Phys. 4, 1967",
    ),
    (
        "g2",
        "g2 compact: simple of type G2, 14-dimensional, rank 2, compact, Killing signature (0, 14)",
        "preserves a symmetric form of signature (7, 0); irreducible on R^7",
        "Baez, The octonions, Bull. Amer. Math. Soc. 39, 2002, section 4.1",
    ),
    (
        "spin(3/2)",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a Hermitian form of signature (4, 0) and a complex symplectic form; "
        "irreducible on C^4",
        FULTON,
    ),
    (
        "spin(1)",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a Hermitian form of signature (3, 0) and a complex symmetric form; "
        "irreducible on C^3",
        FULTON,
    ),
    (
        "so3_irrep2",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a symmetric form of signature (5, 0); irreducible on R^5",
        FULTON,
    ),
]

CONSTRUCTED = [
    (
        direct_sum("both", known("so3"), known("sl2")),
        "semisimple, 6-dimensional, sl(2, R) + su(2), rank 2, non-compact, "
        "Killing signature (2, 4); preserves a symmetric form of signature (3, 0, 2) and an "
        "antisymmetric form of rank 2; completely reducible on R^5, parts of dimensions 2 and 3",
    ),
    (
        direct_sum("both", known("so3"), known("se2")),
        "6-dimensional, Levi factor su(2) ≅ so(3), 3-dimensional solvable (derived length 2) "
        "radical, rank 2, Killing signature (0, 4, 2), "
        "a direct sum of ideals of dimensions 3 and 3; preserves 2 independent symmetric forms; "
        "not completely reducible on R^6, "
        "irreducible quotients of dimensions 1, 2 (complex) and 3, commutant of dimension 2",
    ),
    (
        direct_sum("both", known("heisenberg1"), known("so2")),
        "nilpotent of class 2, 4-dimensional, 2-dimensional center, "
        "a direct sum of ideals of dimensions 1 and 3; "
        "preserves 2 independent symmetric forms and 2 independent antisymmetric forms; "
        "not completely reducible on R^5, "
        "irreducible quotients of dimensions 1, 1, 1 and 2 (complex), commutant of dimension 4",
    ),
    (
        direct_sum("both", known("so31"), known("diagonal1")),
        "reductive, 7-dimensional, sl(2, C) + 1-dimensional center, rank 3, "
        "Killing signature (3, 3, 1); preserves a symmetric form of signature (3, 1, 1); "
        "completely reducible on R^5, parts of dimensions 1 and 4",
    ),
    (
        realify("quaternions", known("su2")),
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3); "
        "preserves a symmetric form of signature (4, 0) and 3 independent antisymmetric forms; "
        "irreducible on R^4, of quaternionic type",
    ),
    (
        adjoint_representation("octet", known("sl3")),
        "sl(3, R): simple of type A2, 8-dimensional, rank 2, non-compact, "
        "Killing signature (5, 3); preserves a symmetric form of signature (5, 3); "
        "irreducible on R^8",
    ),
    (
        semidirect_sum("boosts", known("so(2,1)")),
        "6-dimensional, Levi factor sl(2, R) ≅ so(2,1), 3-dimensional abelian radical, rank 2, "
        "Killing signature (2, 1, 3); preserves a symmetric form of signature (1, 0, 3); "
        "not completely reducible on R^4, irreducible quotients of dimensions 1 and 3",
    ),
    (
        LieAlgebra("sl2c", [M * c for c in (1, sp.I) for M in known("sl2").matrices]),
        "sl(2, C): simple of type A1, a complex algebra seen as a real one, 6-dimensional, "
        "rank 2, non-compact, Killing signature (3, 3); preserves a complex symplectic form; "
        "irreducible on C^2",
    ),
    (
        LieAlgebra("so3c", [M * c for c in (1, sp.I) for M in known("so3").matrices]),
        "so(3, C) ≅ sl(2, C): simple of type A1, a complex algebra seen as a real one, "
        "6-dimensional, rank 2, non-compact, Killing signature (3, 3); "
        "preserves a complex symmetric form; irreducible on C^3",
    ),
    (
        MatrixBasis("pair", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]]),
        "a span of 2 matrices that generates sl(2, R): simple of type A1, 3-dimensional, rank 1, "
        "non-compact, Killing signature (2, 1); preserves a symplectic form; irreducible on R^2",
    ),
    (
        MatrixBasis("turn_and_move", [known("se2").matrices[0], known("se2").matrices[1]]),
        "a span of 2 matrices that generates an algebra: solvable of derived length 2, "
        "3-dimensional, 2-dimensional abelian nilradical, rank 1, Killing signature (0, 1, 2); "
        "preserves a symmetric form of signature (1, 0, 2); not completely reducible on R^3, "
        "irreducible quotients of dimensions 1 and 2 (complex)",
    ),
    (
        MatrixBasis("all_but_two", known("gl6").matrices[1:35]),
        "a span of 34 matrices that generates an algebra of dimension above 34, "
        "which is not examined; preserves no bilinear form; irreducible on R^6",
    ),
]
