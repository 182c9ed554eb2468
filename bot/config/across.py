"""Keys that must suit each other, read leniently: a value wrong elsewhere must not hide these problems."""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from bot.config.environment import as_spoken
from bot.config.problems import Problem
from bot.config.settings import Desk


def problems_across(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Everything wrong between keys of the file as it was read."""
    yield from _webhook(_table(raw, "telegram"))
    yield from _driver(_table(raw, "storage"))
    desks = _table(raw, "desk")
    if not desks:
        yield Problem("desk", "config.no_desk")
    yield from _alike(desks)
    for name in desks:
        yield from _within(name, _table(desks, name))


def _table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = raw.get(key)
    return found if isinstance(found, dict) else {}


def _webhook(telegram: Mapping[str, Any]) -> Iterator[Problem]:
    if telegram.get("updates") == "webhook":
        webhook = _table(telegram, "webhook")
        for key in ("url", "secret"):
            if not webhook.get(key):
                yield Problem(f"telegram.webhook.{key}", "config.needed_for_webhook")


def _driver(storage: Mapping[str, Any]) -> Iterator[Problem]:
    if str(storage.get("url", "")).startswith("postgresql:") and find_spec("asyncpg") is None:
        yield Problem("storage.url", "config.no_asyncpg")


def _alike(desks: Mapping[str, Any]) -> Iterator[Problem]:
    names: dict[str, str] = {}
    tokens: dict[str, str] = {}
    for name in desks:
        other = names.setdefault(as_spoken(name), name)
        if other != name:
            yield Problem(f"desk.{name}", "config.desk_name_alike", {"other": other})
        token = _table(desks, name).get("token")
        if isinstance(token, str) and (other := tokens.setdefault(token, name)) != name:
            yield Problem(f"desk.{name}.token", "config.token_shared", {"other": other})


def _within(name: str, desk: Mapping[str, Any]) -> Iterator[Problem]:
    channel = desk.get("incident_channel")
    if channel is not None and channel == desk.get("operators_group"):
        yield Problem(f"desk.{name}.incident_channel", "config.channel_is_group")
    sure, unsure = (_number(desk, key) for key in ("faq_sure", "faq_unsure"))
    if sure < unsure:
        yield Problem(f"desk.{name}.faq_sure", "config.sure_below_unsure")


def _number(desk: Mapping[str, Any], key: str) -> float:
    try:
        return float(desk.get(key, Desk.model_fields[key].default))
    except (TypeError, ValueError):
        return float(Desk.model_fields[key].default)
