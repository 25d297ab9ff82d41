"""The stage: X displays, CUPS and one driver a desk, for the demonstration and the tests."""
