"""A reader for tests: each line ``NAME: words`` is a statement of NAME. The line ``BREAK`` breaks it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from sayso.model import Article, Reading
from tests import factory


@dataclass(frozen=True)
class FakeReader:
    fingerprint: str = "fake-1"

    def read(self, article: Article) -> Reading:
        if "BREAK" in article.text:
            raise ValueError("broke on purpose,\nin two lines")
        if "DIE" in article.text:
            os._exit(1)
        found = re.findall(r"^(\w[\w ]+): (.+)$", article.text, re.MULTILINE)
        days = {"said": article.published}
        return factory.reading(
            article,
            *(factory.statement(article, words, source=name, certainty=0.3 if "perhaps" in words else 0.9, **days)
              for name, words in found),
            reader=self.fingerprint,
        )  # fmt: skip


def load(cards: object = None) -> FakeReader:
    return FakeReader()


def load_better() -> FakeReader:
    return FakeReader("fake-2")
