"""Worker processes: each holds a reader, reads the articles it is given, and ends with the desk that started it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import parent_process
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from sayso.model import Article, Reading

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future


class ArticleReader(Protocol):
    """What the desk needs of a reader."""

    @property
    def fingerprint(self) -> str:
        """Names the program, weights and cards."""

    def read(self, article: Article) -> Reading:
        """What stands in an article."""


Work = Callable[[Article], Callable[[], Reading]]
"""Has an article read; what it gives waits for the reading."""

_worker: list[ArticleReader] = []
"""The reader of a worker process."""


def pool(jobs: int, load: Callable[[], ArticleReader]) -> Executor:
    """So many processes, each with a reader of its own."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: the network's threads do not outlive a fork.
    return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_start, initargs=(load,))


def _start(load: Callable[[], ArticleReader]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt ends the desk, which ends its workers
    Thread(target=_end_with_desk, daemon=True).start()
    _worker.append(load())


def _end_with_desk() -> None:
    """A desk that was killed cannot end its workers, and they would wait for articles for ever."""
    if desk := parent_process():
        desk.join()
        os._exit(1)


def read(article: Article) -> Reading:
    """What stands in an article, by the reader of this process."""
    return _worker[0].read(article)


def result(future: Future[Reading]) -> Callable[[], Reading]:
    """What waits for a reading."""
    return future.result
