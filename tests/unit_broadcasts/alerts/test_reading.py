"""What monitoring posts, as its documentation shows it, and whatever else may come to the same address."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.alerts.alert import HOOKED, Alert, AlertSource, UnreadAlert
from broadcasts.alerts.reading.fields import LABELS, TEXT, TITLE, WORD
from broadcasts.alerts.reading.read import read

PAYLOADS = Path(__file__).parent / "payloads"
LONG = "я" * 100_000


def posted(source: AlertSource) -> Any:
    return json.loads((PAYLOADS / f"{source}.json").read_text("utf-8"))


def alerts(source: AlertSource, body: object) -> list[Alert]:
    found = read(source, body)
    assert not isinstance(found, UnreadAlert), found.lacks
    return list(found)


def lacks(source: AlertSource, body: object) -> str:
    found = read(source, body)
    assert isinstance(found, UnreadAlert)
    return found.lacks


def test_alertmanager() -> None:
    [alert] = alerts(AlertSource.ALERTMANAGER, posted(AlertSource.ALERTMANAGER))
    assert (alert.key, alert.firing, alert.severity) == ("1a30ba71cca2921f", True, "critical")
    assert alert.title == "BlackBox Probe Failure: https://server.example.org"
    assert alert.text.startswith("Instance https://server.example.org has been down")
    assert alert.labels["job"] == "http_checks"
    assert alert.at is not None
    assert alert.at.year == 2023


def test_grafana_says_several_at_once() -> None:
    memory, cpu = alerts(AlertSource.GRAFANA, posted(AlertSource.GRAFANA))
    assert (memory.firing, cpu.firing) == (True, False)
    assert memory.key != cpu.key
    assert memory.title == "This alert was triggered for zone us-1"
    assert memory.labels["team"] == "blue"


def test_zabbix_names_the_trigger() -> None:
    [alert] = alerts(AlertSource.ZABBIX, posted(AlertSource.ZABBIX))
    assert (alert.key, alert.firing, alert.severity) == ("trigger 13491", True, "average")
    assert alert.title == "Zabbix agent is not available (for 3m)"
    assert alert.labels["component"] == "payments"
    [over] = alerts(AlertSource.ZABBIX, {**posted(AlertSource.ZABBIX), "event_value": "0"})
    assert (over.key, over.firing) == (alert.key, False)


def test_uptime_kuma_names_the_monitor() -> None:
    body = posted(AlertSource.KUMA)
    [alert] = alerts(AlertSource.KUMA, body)
    assert (alert.key, alert.title, alert.firing) == ("29", "Test", True)
    assert alert.labels["component"] == "payments"
    body["heartbeat"]["status"] = 1
    assert not alerts(AlertSource.KUMA, body)[0].firing


@pytest.mark.parametrize("status", [2, 3], ids=["pending", "maintenance"])
def test_uptime_kuma_says_nothing_while_it_is_not_sure(status: int) -> None:
    body = posted(AlertSource.KUMA)
    body["heartbeat"]["status"] = status
    assert alerts(AlertSource.KUMA, body) == []


def test_the_test_button_of_uptime_kuma_is_no_alert() -> None:
    assert alerts(AlertSource.KUMA, {"heartbeat": None, "monitor": None, "msg": "Test"}) == []


def test_healthchecks_with_its_whole_check_or_with_placeholders() -> None:
    [alert] = alerts(AlertSource.HEALTHCHECKS, posted(AlertSource.HEALTHCHECKS))
    assert (alert.title, alert.firing) == ("Database Backup", True)
    assert alert.labels["payments"] == "payments"
    [again] = alerts(
        AlertSource.HEALTHCHECKS,
        {"code": "7c1169bf-7f3c-4d0e-9d1e-5d6f5d9c0a11", "name": "Database Backup", "status": "up"},
    )
    assert (again.key, again.firing) == (alert.key, False)


def test_anything_of_one_s_own() -> None:
    [alert] = alerts(AlertSource.GENERIC, posted(AlertSource.GENERIC))
    assert (alert.title, alert.severity, alert.key) == ("Не проходят оплаты", "critical", "bank-503")
    [bare] = alerts(AlertSource.GENERIC, {"title": "Не проходят оплаты"})
    [same] = alerts(AlertSource.GENERIC, {"title": "Не проходят оплаты", "status": "resolved"})
    assert (bare.key, bare.firing, same.firing) == (same.key, True, False)


@pytest.mark.parametrize(
    ("source", "body", "said"),
    [
        ("alertmanager", [], "the body must be an object"),
        ("alertmanager", {"alerts": {}}, "alerts must be a list"),
        ("alertmanager", {"alerts": []}, "at least one alert"),
        ("alertmanager", {"alerts": [{"labels": {"a": "b"}}]}, "alerts[0].status"),
        ("alertmanager", {"alerts": [{"status": "firing"}]}, "alerts[0].labels"),
        ("alertmanager", {"alerts": [{"status": "firing", "labels": {"a": "b"}}, 7]}, "alerts[1] must be"),
        ("grafana", {"alerts": [{}] * 501}, "501 alerts"),
        ("zabbix", {}, "{EVENT.ID}"),
        ("zabbix", {"event_id": "{EVENT.ID}"}, "{EVENT.VALUE}"),
        ("zabbix", {"event_id": "1", "event_value": 1}, "{EVENT.NAME}"),
        ("kuma", {}, "heartbeat must be an object"),
        ("kuma", {"heartbeat": {"status": 0}, "monitor": {"id": 3}}, "monitor.name"),
        ("healthchecks", {"status": "down"}, "name is missing"),
        ("healthchecks", {"name": "x", "status": "new"}, '"up" or "down"'),
        ("generic", {"text": "?"}, "title is missing"),
        ("generic", {"title": "x", "status": "burning"}, '"firing" or "resolved"'),
    ],
)
def test_what_is_missing_is_named(source: str, body: object, said: str) -> None:
    assert said in lacks(AlertSource(source), body)


def test_nothing_is_too_long_and_nothing_breaks_a_database_or_telegram() -> None:
    labels = {f"label {number} {LONG}": LONG for number in range(500)}
    [alert] = alerts(
        AlertSource.GENERIC,
        {"title": f"\0<b>\ud800{LONG}", "text": f"a\0b\r\n{LONG}", "labels": labels, "key": LONG},
    )
    assert len(alert.title) <= TITLE
    assert len(alert.text) <= TEXT
    assert len(alert.key) <= WORD
    assert len(alert.labels) <= LABELS + 1
    for said in (alert.title, alert.text, *alert.labels.values()):
        assert "\0" not in said
        said.encode()


def test_two_long_keys_with_the_same_beginning_stay_two() -> None:
    one, other = (
        alerts(AlertSource.GENERIC, {"title": "x", "key": "k" * 90 + end})[0].key for end in ("a", "b")
    )
    assert one != other


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("source", HOOKED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_json_in_any_place_is_read_or_refused(source: AlertSource, data: st.DataObject) -> None:
    """One or two places of a real message get something else."""
    body = posted(source)
    for _ in range(data.draw(st.integers(1, 2))):
        spoil(body, data)
    found = read(source, body)
    if isinstance(found, UnreadAlert):
        assert found.lacks
        return
    for alert in found:
        assert alert.title
        assert 0 < len(alert.key) <= WORD
        "".join((alert.key, alert.title, alert.text, *alert.labels, *alert.labels.values())).encode()


def spoil(given: Any, data: st.DataObject) -> None:
    while True:
        places = list(given if isinstance(given, dict) else range(len(given)))
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        deeper = isinstance(given[place], dict | list) and given[place] and data.draw(st.booleans())
        if not deeper:
            given[place] = data.draw(JSON)
            return
        given = given[place]
