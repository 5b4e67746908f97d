"""From a string to spans: sentences, quotation marks, paragraphs, and the normal form of a wording."""

from sayso.text.differing import differing
from sayso.text.forms import fold, normal
from sayso.text.lists import table, word_lists
from sayso.text.quotes import quotations
from sayso.text.sentences import dateline_end, paragraphs, sentences

__all__ = [
    "dateline_end",
    "differing",
    "fold",
    "normal",
    "paragraphs",
    "quotations",
    "sentences",
    "table",
    "word_lists",
]
