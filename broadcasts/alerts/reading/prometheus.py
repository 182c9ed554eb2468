"""Alertmanager's webhook (version 4) and Grafana's, which has the same shape: several alerts at once."""

from collections.abc import Iterator
from typing import Any

from broadcasts.alerts.alert import Alert, AlertSource
from broadcasts.alerts.reading import fields
from broadcasts.alerts.reading.fields import MissingFieldsError

MOST = 500
"""Alerts of one message; Alertmanager and Grafana can be told to send fewer."""
STATES = {"firing": True, "alerting": True, "resolved": False, "ok": False}


def alertmanager(posted: object) -> Iterator[Alert]:
    """What Alertmanager posts."""
    return _alerts(posted, AlertSource.ALERTMANAGER)


def grafana(posted: object) -> Iterator[Alert]:
    """What Grafana posts."""
    return _alerts(posted, AlertSource.GRAFANA)


def _alerts(posted: object, source: AlertSource) -> Iterator[Alert]:
    group = fields.table(posted, "the body")
    listed = group.get("alerts")
    if not isinstance(listed, list) or not listed:
        raise MissingFieldsError("alerts must be a list with at least one alert")
    if len(listed) > MOST:
        raise MissingFieldsError(f"alerts has {len(listed)} alerts, {MOST} at most are taken at once")
    common = fields.labels(group.get("commonLabels"))
    for place, each in enumerate(listed):
        yield _alert(fields.table(each, f"alerts[{place}]"), f"alerts[{place}]", common, source)


def _alert(given: fields.Table, where: str, common: dict[str, str], source: AlertSource) -> Alert:
    labels, notes = {**common, **fields.labels(given.get("labels"))}, fields.inner(given, "annotations")
    if not labels:
        raise MissingFieldsError(f"{where}.labels must be an object with at least one label")
    state = fields.word(given.get("status")).lower()
    if state not in STATES:
        raise MissingFieldsError(f"{where}.status must be firing or resolved")
    return Alert(
        source=source,
        key=fields.name_of(given.get("fingerprint")) or _key(labels),
        firing=STATES[state],
        severity=labels.get("severity", labels.get("priority", "")),
        labels=labels,
        title=fields.title(notes.get("summary"), labels.get("alertname"), *labels.values()),
        text=fields.text(_told(notes)),
        at=fields.moment(given.get("startsAt")),
    )


def _told(notes: fields.Table) -> Any:
    return notes.get("description") or notes.get("message")


def _key(labels: dict[str, str]) -> str:
    """What a fingerprint is made of; old versions send none."""
    return fields.key(*(f"{name}={value}" for name, value in sorted(labels.items())))
