"""What the tests and benchmarks of scripts/ share."""
