"""What counts as right: the definitions behind every figure."""
