"""One file per question asked of a statement; siblings that never meet (the order is written in ``interpret``)."""
