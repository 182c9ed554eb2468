"""The figures in the words of Prometheus; imported only where there is a listener."""

from collections.abc import Iterator
from importlib.metadata import version

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest, metrics_core
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from bot.health.desk_health import DeskHealth
from bot.health.metrics import COUNTERS, GAUGES, WAITS, buckets
from bot.health.watch import Watch


class DeskCollector(Collector):
    """Reads the figures of the desks that are at work, or of one of them."""

    def __init__(self, watch: Watch, only: str | None) -> None:
        self._watch, self._only = watch, only

    def collect(self) -> Iterator[metrics_core.Metric]:
        """Every figure of every desk."""
        desks = [desk for name, desk in self._watch.desks.items() if self._only in {None, name}]
        yield from _told(desks)
        build = GaugeMetricFamily("otklik_build_info", "1, with the version.", labels=["version"])
        build.add_metric([version("otklik")], 1)
        yield build


def _told(desks: list[DeskHealth]) -> Iterator[metrics_core.Metric]:
    for shape, metrics in ((CounterMetricFamily, COUNTERS), (GaugeMetricFamily, GAUGES)):
        for metric in metrics:
            family = shape(metric.name, metric.meaning, labels=["desk", *metric.labels])
            for desk in desks:
                for values, figure in metric.read(desk):
                    family.add_metric([desk.name, *values], figure)
            yield family
    for wait in WAITS:
        spread_family = HistogramMetricFamily(wait.name, wait.meaning, labels=["desk", *wait.labels])
        for desk in desks:
            for values, spread in wait.read(desk):
                spread_family.add_metric([desk.name, *values], buckets(spread), spread.total)
        yield spread_family


def exposed(watch: Watch, only: str | None = None) -> bytes:
    """All of it as text."""
    registry = CollectorRegistry()
    registry.register(DeskCollector(watch, only))
    if only is None:
        ProcessCollector(registry=registry)
    return generate_latest(registry)
