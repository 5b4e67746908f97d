"""Fuzz targets, run by command and never in CI: ``python -m fuzz.intake``, ``python -m fuzz.marks``."""
