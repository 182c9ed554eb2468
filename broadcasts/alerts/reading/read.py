"""One way to read what any source has posted."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from broadcasts.alerts.alert import Alert, AlertSource, UnreadAlert
from broadcasts.alerts.reading.fields import MissingFieldsError
from broadcasts.alerts.reading.prometheus import alertmanager, grafana
from broadcasts.alerts.reading.single import generic, healthchecks, kuma, zabbix

READERS: Mapping[AlertSource, Callable[[object], Iterable[Alert]]] = {
    AlertSource.ALERTMANAGER: alertmanager,
    AlertSource.GRAFANA: grafana,
    AlertSource.ZABBIX: zabbix,
    AlertSource.KUMA: kuma,
    AlertSource.HEALTHCHECKS: healthchecks,
    AlertSource.GENERIC: generic,
}


def read(source: AlertSource, posted: object) -> Sequence[Alert] | UnreadAlert:
    """The alerts of a message, none for a test; the same one told twice counts as it was told last."""
    try:
        told = {each.key: each for each in READERS[source](posted)}
    except MissingFieldsError as missing:
        return UnreadAlert(str(missing))
    return list(told.values())
