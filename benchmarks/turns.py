"""Medians of jobs that take turns in one process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

TURNS, CALLS, UNCOUNTED = 5, 12, 4


def median_times(*jobs: Callable[[], Any]) -> list[float]:
    """Median seconds of each job; the jobs take turns, several calls each.

    The first calls of a turn are not counted: the threads of the job before are still spinning.
    """
    times: list[list[float]] = [[] for _ in jobs]
    for turn in range(TURNS + 1):
        for job, listed in zip(jobs, times, strict=True):
            for call in range(CALLS):
                begin = time.perf_counter()
                job()
                if turn > 0 and call >= UNCOUNTED:
                    listed.append(time.perf_counter() - begin)
    return [statistics.median(listed) for listed in times]
