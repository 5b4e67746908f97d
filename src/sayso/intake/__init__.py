"""Texts come in: bytes of any origin to articles with labelled blocks and what the page tells about itself."""

from sayso.intake.arrivals import arrivals
from sayso.intake.article import article_of

__all__ = ["arrivals", "article_of"]
