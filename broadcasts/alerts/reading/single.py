"""Sources that post one alert at a time: Zabbix, Uptime Kuma, Healthchecks, and anything of one's own."""

import json
from collections.abc import Iterator

from broadcasts.alerts.alert import Alert, AlertSource
from broadcasts.alerts.reading import fields
from broadcasts.alerts.reading.fields import MissingFieldsError

TROUBLE = frozenset({"firing", "down", "alerting", "problem", "open", "failing", "error", "1", "true"})
WELL = frozenset({"resolved", "up", "ok", "recovered", "closed", "normal", "0", "false"})
SEVERITIES = ("not classified", "information", "warning", "average", "high", "disaster")
"""Zabbix's by their numbers."""
UP, DOWN = 1, 0
TAG = "tag"


def zabbix(posted: object) -> Iterator[Alert]:
    """What a media type of Zabbix posts with the parameters that our page names."""
    given = fields.table(posted, "the body")
    event, value = fields.word(given.get("event_id")), fields.word(given.get("event_value"))
    if not event:
        raise MissingFieldsError("event_id is missing: the parameter event_id must be {EVENT.ID}")
    if value not in {"0", "1"}:
        raise MissingFieldsError(
            "event_value must be 1 or 0: the parameter event_value must be {EVENT.VALUE}"
        )
    title = fields.title(given.get("event_name"), given.get("alert_subject"))
    if not title:
        raise MissingFieldsError("event_name is missing: the parameter event_name must be {EVENT.NAME}")
    host, trigger = fields.word(given.get("host_name")), fields.word(given.get("trigger_id"))
    yield Alert(
        source=AlertSource.ZABBIX,
        key=f"trigger {trigger}" if trigger else f"event {event}",
        firing=value == "1",
        severity=_zabbix_severity(given),
        labels={**_tags(given), **({"host": host} if host else {}), "alertname": title},
        title=title,
        text=fields.text(given.get("alert_message")),
    )


def kuma(posted: object) -> Iterator[Alert]:
    """What Uptime Kuma's notification of the kind Webhook posts as JSON; its test has no monitor."""
    given = fields.table(posted, "the body")
    beat, monitor = given.get("heartbeat"), given.get("monitor")
    if beat is None and monitor is None and fields.word(given.get("msg")):
        return  # the button Test
    beat, monitor = fields.table(beat, "heartbeat"), fields.table(monitor, "monitor")
    state = beat.get("status")
    if not isinstance(state, int) or isinstance(state, bool) or state not in {UP, DOWN}:
        return  # pending, or under maintenance: neither down nor up
    name = fields.title(monitor.get("name"))
    number = fields.word(monitor.get("id")) or fields.word(beat.get("monitorID"))
    if not name or not number:
        raise MissingFieldsError("monitor.id and monitor.name must be there")
    yield Alert(
        source=AlertSource.KUMA,
        key=number,
        firing=state == DOWN,
        severity="down",
        labels={**_kuma_tags(monitor.get("tags")), "monitor": name, "alertname": name},
        title=name,
        text=fields.text(beat.get("msg") or given.get("msg")),
    )


def healthchecks(posted: object) -> Iterator[Alert]:
    """What a webhook of Healthchecks posts with $JSON as its body, or with the placeholders of our page."""
    given = fields.table(posted, "the body")
    name = fields.title(given.get("name"), given.get("slug"))
    found = (fields.name_of(given.get(one)) for one in ("code", "uuid", "unique_key", "slug"))
    code = next((one for one in found if one), name)
    state = fields.word(given.get("status")).lower()
    if not name:
        raise MissingFieldsError("name is missing: let the body be $JSON")
    if state not in {"up", "down"}:
        raise MissingFieldsError('status must be "up" or "down": let the body be $JSON')
    tags = fields.word(given.get("tags"), fields.TITLE).split()
    yield Alert(
        source=AlertSource.HEALTHCHECKS,
        key=code,
        firing=state == "down",
        severity="down",
        labels={**{tag: tag for tag in tags[: fields.LABELS]}, "check": name, "alertname": name},
        title=name,
        text=fields.text(given.get("desc")),
    )


def generic(posted: object) -> Iterator[Alert]:
    """Anything of one's own: {"title", "text", "severity", "component", "key", "status"}."""
    given = fields.table(posted, "the body")
    title, state = fields.title(given.get("title")), fields.word(given.get("status")).lower() or "firing"
    if not title:
        raise MissingFieldsError("title is missing: say in a few words what is wrong")
    if state not in TROUBLE | WELL:
        raise MissingFieldsError('status must be "firing" or "resolved"')
    component = fields.word(given.get("component"))
    yield Alert(
        source=AlertSource.GENERIC,
        key=fields.name_of(given.get("key")) or fields.key(title, component),
        firing=state in TROUBLE,
        severity=fields.word(given.get("severity")),
        labels={
            **fields.labels(given.get("labels")),
            **({"component": component} if component else {}),
            "alertname": title,
        },
        title=title,
        text=fields.text(given.get("text")),
        at=fields.moment(given.get("at")),
    )


def _zabbix_severity(given: fields.Table) -> str:
    number = fields.word(given.get("event_nseverity"))
    known = number.isdecimal() and len(number) == 1 and int(number) < len(SEVERITIES)
    return SEVERITIES[int(number)] if known else fields.word(given.get("event_severity")).lower()


def _tags(given: fields.Table) -> dict[str, str]:
    """Tags as {EVENT.TAGSJSON} has them: a list of objects, in a string."""
    said = given.get("event_tags")
    try:
        listed = json.loads(said) if isinstance(said, str) else said
    except (ValueError, RecursionError):
        return {}
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return fields.labels({fields.word(each.get(TAG)): each.get("value") for each in found[: fields.LABELS]})


def _kuma_tags(given: object) -> dict[str, str]:
    """A tag without a value stands for itself."""
    found = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    named = {fields.word(each.get("name")): each for each in found[: fields.LABELS]}
    return fields.labels({name: each.get("value") or name for name, each in named.items()})
