"""The interval beside every result: from the 5th to the 95th percentile across worlds."""

LOW, HIGH = 0.05, 0.95
