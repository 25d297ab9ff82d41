"""The figures are in Prometheus' own format, and one broker's are not another's."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from remotehelp.broker.metrics import Metrics


def test_the_text_parses_and_says_what_was_counted() -> None:
    metrics, other = Metrics(), Metrics()
    metrics.messages.labels("Claim").inc()
    metrics.refusals.labels("no_such_code").inc(2)
    metrics.sockets.set_function(lambda: 3)
    other.sockets.set(9)
    families = text_string_to_metric_families(metrics.text().decode())
    samples = {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}
    assert samples["remotehelp_messages_total", "Claim"] == 1
    assert samples["remotehelp_refusals_total", "no_such_code"] == 2
    assert samples[("remotehelp_sockets",)] == 3
