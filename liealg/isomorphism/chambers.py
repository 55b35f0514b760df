"""Systems of simple roots: reflections lead from one to all others; symmetries of the diagram."""

from __future__ import annotations

from collections.abc import Iterator

from liealg.structure.dynkin import CartanMatrix, positive_roots

# A root as a sum of the simple roots that one starts with.
Root = tuple[int, ...]
_MOST_CHAMBERS = 2000


class Roots:
    """A root system by its Cartan matrix ``<alpha_i, alpha_j^vee>``.

    Examples
    --------
    >>> roots = Roots([[2, -2], [-1, 2]])
    >>> roots.pairing((1, 1), (0, 1)), roots.reflected((1, 1), (0, 1))
    (0, (1, 1))
    >>> len(list(roots.bases()))
    8
    """

    def __init__(self, cartan_matrix: CartanMatrix) -> None:
        self.cartan_matrix = cartan_matrix
        positive = positive_roots(cartan_matrix)
        self.all = {*positive, *(negative(root) for root in positive)}

    @property
    def simple(self) -> tuple[Root, ...]:
        """The simple roots that one starts with."""
        nodes = range(len(self.cartan_matrix))
        return tuple(tuple(int(i == j) for j in nodes) for i in nodes)

    def pairing(self, alpha: Root, beta: Root) -> int:
        """``<alpha, beta^vee> = p - q`` for the string ``alpha - p beta ... alpha + q beta``.

        Humphreys (1972), section 9.4.
        """
        if alpha in (beta, negative(beta)):
            return 2 if alpha == beta else -2
        return self._steps(alpha, negative(beta)) - self._steps(alpha, beta)

    def _steps(self, alpha: Root, beta: Root) -> int:
        steps, root = 0, plus(alpha, beta)
        while root in self.all:
            steps, root = steps + 1, plus(root, beta)
        return steps

    def reflected(self, alpha: Root, beta: Root) -> Root:
        """``alpha - <alpha, beta^vee> beta``."""
        count = self.pairing(alpha, beta)
        return tuple(a - count * b for a, b in zip(alpha, beta, strict=True))

    def bases(self) -> Iterator[tuple[Root, ...]]:
        """The images of the simple roots under the Weyl group, each once, 2000 at most.

        The group is simply transitive on them (Humphreys, 1972, section 10.3).
        """
        start = self.simple
        seen, waiting = {start}, [start]
        for base in waiting:
            yield base
            if len(seen) >= _MOST_CHAMBERS:
                continue
            for beta in base:
                image = tuple(self.reflected(alpha, beta) for alpha in base)
                if image not in seen:
                    seen.add(image)
                    waiting.append(image)

    def diagram_symmetries(self) -> Iterator[tuple[int, ...]]:
        """Permutations of the simple roots that keep the Cartan matrix, the identity first."""
        matrix = self.cartan_matrix
        nodes = range(len(matrix))

        def extended(images: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            place = len(images)
            if place == len(matrix):
                yield images
                return
            for node in nodes:
                longer = (*images, node)
                if node not in images and all(
                    matrix[node][other] == matrix[place][i]
                    and matrix[other][node] == matrix[i][place]
                    for i, other in enumerate(longer)
                ):
                    yield from extended(longer)

        yield from extended(())


def plus(alpha: Root, beta: Root) -> Root:
    """The sum."""
    return tuple(a + b for a, b in zip(alpha, beta, strict=True))


def negative(alpha: Root) -> Root:
    """The negative."""
    return tuple(-a for a in alpha)
