"""The connection between two people; the only place that knows aiortc."""
