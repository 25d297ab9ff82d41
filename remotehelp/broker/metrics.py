"""The broker's figures for Prometheus; nothing in them names a person, a code or an address."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """One broker's figures, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.sockets = Gauge("remotehelp_sockets", "Connected programs", registry=self._registry)
        self.here = Gauge("remotehelp_technicians_available", "Available technicians", registry=self._registry)
        self.waiting = Gauge("remotehelp_codes_waiting", "Codes that wait for a technician", registry=self._registry)
        self.queued = Gauge("remotehelp_customers_waiting", "Customers in the waiting list", registry=self._registry)
        self.messages = Counter("remotehelp_messages", "Messages understood", ["type"], registry=self._registry)
        self.refusals = Counter("remotehelp_refusals", "Requests refused", ["key"], registry=self._registry)

    def text(self) -> bytes:
        """All of them in Prometheus' text format 0.0.4."""
        return generate_latest(self._registry)
