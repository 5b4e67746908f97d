"""How well and how fast sayso reads: one command each (docs/benchmarks.md), the same on any data of the same form."""
