"""Weights by which statements are taken to make one point."""
