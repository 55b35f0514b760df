"""Cartan matrices of finite type, and the Dynkin types that they have."""

from __future__ import annotations

from collections.abc import Sequence

CartanMatrix = Sequence[Sequence[int]]
# The number of simple roots that each letter takes: no type has two names (B2 = C2, A3 = D3).
_RANKS = {
    "A": (1, None),
    "B": (2, None),
    "C": (3, None),
    "D": (4, None),
    "E": (6, 8),
    "F": (4, 4),
    "G": (2, 2),
}


def standard_cartan_matrix(letter: str, rank: int) -> list[list[int]]:
    """The Cartan matrix ``<alpha_i, alpha_j^vee>`` of a simple type, with Bourbaki's numbering.

    Humphreys (1972), section 11.4, table 1.

    Raises
    ------
    ValueError
        If there is no such type; B2 is not called C2, nor A3 D3.

    Examples
    --------
    >>> standard_cartan_matrix("B", 2)
    [[2, -2], [-1, 2]]
    """
    least, most = _RANKS.get(letter, (0, -1))
    if rank < least or (most is not None and rank > most):
        raise ValueError(
            f"there is no type {letter}{rank}; types are A1 A2 ..., B2 B3 ..., C3 C4 ..., "
            "D4 D5 ..., E6 E7 E8, F4 and G2"
        )
    matrix = [[2 * int(i == j) for j in range(rank)] for i in range(rank)]
    edges = [(i, i + 1) for i in range(rank - 1)]
    if letter == "D":
        edges[-1] = (rank - 3, rank - 1)
    if letter == "E":
        edges = [(0, 2), (1, 3), *((i, i + 1) for i in range(2, rank - 1))]
    for i, j in edges:
        matrix[i][j] = matrix[j][i] = -1
    # A bond of two or three lines: the long root stands in the row of the larger number.
    if letter == "B":
        matrix[rank - 2][rank - 1] = -2
    if letter == "C":
        matrix[rank - 1][rank - 2] = -2
    if letter == "F":
        matrix[1][2] = -2
    if letter == "G":
        matrix[1][0] = -3
    return matrix


def dynkin_type(cartan_matrix: CartanMatrix) -> str:
    """The type of a Cartan matrix of finite type, such as ``"A1 + B2"``.

    Raises
    ------
    ValueError
        If the matrix is no Cartan matrix of finite type.

    Examples
    --------
    >>> dynkin_type([[2, 0, -1], [0, 2, 0], [-2, 0, 2]])
    'A1 + B2'
    """
    return type_name([simple_type for simple_type, _ in components(cartan_matrix)])


def type_name(types: Sequence[tuple[str, int]]) -> str:
    """The simple types as a sum; zero of them as ``"0"``."""
    return " + ".join(f"{letter}{rank}" for letter, rank in types) or "0"


def components(cartan_matrix: CartanMatrix) -> list[tuple[tuple[str, int], list[int]]]:
    """The simple types, sorted, each with the indices of its simple roots in Bourbaki's order.

    Each connected part of the Dynkin diagram is compared with the diagrams of the classification,
    node by node (Humphreys, 1972, section 11.4).

    Raises
    ------
    ValueError
        If the matrix is no Cartan matrix of finite type.

    Examples
    --------
    >>> components([[2, 0, -1], [0, 2, 0], [-2, 0, 2]])
    [(('A', 1), [1]), (('B', 2), [2, 0])]
    """
    if any(len(row) != len(cartan_matrix) for row in cartan_matrix):
        raise ValueError("the Cartan matrix is not square")
    found = []
    for part in _connected_parts(cartan_matrix):
        for letter in _RANKS:
            order = _order(cartan_matrix, part, letter)
            if order is not None:
                found.append(((letter, len(part)), order))
                break
        else:
            rows = [[cartan_matrix[i][j] for j in part] for i in part]
            raise ValueError(f"{rows} is no Cartan matrix of finite type")
    return sorted(found)


def positive_roots(cartan_matrix: CartanMatrix) -> list[tuple[int, ...]]:
    """The positive roots as sums of simple ones, by height: shape ``[roots / 2, rank]``.

    A reflection ``s_j: beta -> beta - <beta, alpha_j^vee> alpha_j`` permutes the positive roots
    other than ``alpha_j``, and every root is the image of a simple one (Humphreys, 1972, sections
    10.2 and 10.3).

    Raises
    ------
    ValueError
        If the matrix is no Cartan matrix of finite type.

    Examples
    --------
    >>> positive_roots([[2, -2], [-1, 2]])
    [(0, 1), (1, 0), (1, 1), (1, 2)]
    """
    components(cartan_matrix)
    nodes = range(len(cartan_matrix))
    fresh = [tuple(int(i == j) for j in nodes) for i in nodes]
    found = set(fresh)
    while fresh:
        root = fresh.pop()
        for j in nodes:
            step = sum(root[i] * cartan_matrix[i][j] for i in nodes)
            image = tuple(root[i] - step * int(i == j) for i in nodes)
            if min(image) >= 0 and image not in found:
                found.add(image)
                fresh.append(image)
    return sorted(found, key=lambda root: (sum(root), root))


def _connected_parts(cartan_matrix: CartanMatrix) -> list[list[int]]:
    nodes = range(len(cartan_matrix))
    parts: list[list[int]] = []
    for start in nodes:
        if any(start in part for part in parts):
            continue
        part = [start]
        for i in part:
            linked = [j for j in nodes if cartan_matrix[i][j] or cartan_matrix[j][i]]
            part += [j for j in linked if j not in part]
        parts.append(sorted(part))
    return parts


def _order(cartan_matrix: CartanMatrix, part: list[int], letter: str) -> list[int] | None:
    """The nodes in the order that makes their Cartan matrix the standard one, if there is one."""
    try:
        standard = standard_cartan_matrix(letter, len(part))
    except ValueError:
        return None

    def extend(order: list[int]) -> list[int] | None:
        place = len(order)
        if place == len(part):
            return order
        for node in part:
            longer = [*order, node]
            if node not in order and all(
                cartan_matrix[node][other] == standard[place][i]
                and cartan_matrix[other][node] == standard[i][place]
                for i, other in enumerate(longer)
            ):
                complete = extend(longer)
                if complete is not None:
                    return complete
        return None

    return extend([])
