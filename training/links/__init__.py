"""What the weaving of sayings weighs words by."""
