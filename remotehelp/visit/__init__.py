"""The order of a visit: pure decisions, no I/O, clock, threads or chance."""
