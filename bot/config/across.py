"""Keys that must suit each other, read leniently: a value wrong elsewhere must not hide these problems."""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from types import EllipsisType
from typing import Any

from pydantic import BaseModel

from bot.config.problems import ConfigProblem, as_written
from bot.config.shapes import KeyPart, KeyPath, Named, Table, at, places, steps
from bot.config.variables import as_spoken
from desk.letters.letter import CHANNEL_KINDS

NEEDED_TOGETHER = (
    ("email", "url", ("sender",)),
    ("whatsapp", "token", ("phone_id", "template")),
    ("whatsapp", "app_secret", ("token", "verify_token")),
    ("max", "token", ()),
    ("other", "url", ()),
)
"""The key by which each backup channel is set up, and which others it needs then."""
NAMED_BY_RULES = (
    ("component", "components", "config.no_component"),
    ("template", "templates", "config.no_template"),
)
"""What a rule for alerts names, in which table it has to be, and what is said if it is not."""


def problems_across(model: type[BaseModel], raw: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    """Everything wrong between keys of the file as it was read."""
    yield from _webhook(raw)
    yield from _driver(raw)
    if not _table(raw, "desk"):
        yield ConfigProblem("desk", "config.no_desk")
    yield from _alike(model, raw)
    yield from _shared(raw)
    for path, desk in tables(raw, "desk", ...):
        yield from _within(path, desk)


def tables(given: object, *way: KeyPart | EllipsisType) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    """Every table on this way with its path; ... is any name or position, what is no table is passed over."""
    if not way:
        if isinstance(given, dict):
            yield (), given
        return
    for step, inner in steps(given):
        if way[0] in (..., step):
            yield from (((step, *path), table) for path, table in tables(inner, *way[1:]))


def _table(raw: Mapping[str, Any], *way: KeyPart) -> Mapping[str, Any]:
    return next((table for _, table in tables(raw, *way)), {})


def _webhook(raw: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    if _table(raw, "telegram").get("updates") == "webhook":
        webhook = _table(raw, "telegram", "webhook")
        desks = [desk for _, desk in tables(raw, "desk", ...)]
        spared = {"secret"} if desks and all(desk.get("webhook_secret") for desk in desks) else set()
        for key in ("url", "secret"):
            if not webhook.get(key) and key not in spared:
                yield ConfigProblem(f"telegram.webhook.{key}", "config.needed_for_webhook")


def _driver(raw: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    url = _table(raw, "storage").get("url", "")
    if str(url).startswith("postgresql:") and find_spec("asyncpg") is None:
        yield ConfigProblem("storage.url", "config.no_asyncpg")


def _alike(model: type[BaseModel], raw: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    """Names side by side that a variable would say alike."""
    for path, shape, given in places(Table((model,)), raw):
        first: dict[str, KeyPart] = {}
        for name, _ in steps(given) if isinstance(shape, Named) else ():
            other = first.setdefault(as_spoken(str(name)), name)
            if other != name:
                params = {"other": as_written([*path, other])}
                yield ConfigProblem(as_written([*path, name]), "config.name_alike", params)


def _shared(raw: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    desks = list(tables(raw, "desk", ...))
    common: KeyPath = ("telegram", "webhook", "secret")
    known = {str(at(_table(raw, *common[:-1]), common[-1])): common} if len(desks) > 1 else {}
    for key, text, first in (
        ("token", "config.token_shared", dict[str, KeyPath]()),
        ("webhook_secret", "config.secret_shared", known),
    ):
        for path, desk in desks:
            given = desk.get(key)
            if isinstance(given, str) and given and (other := first.setdefault(given, path)) != path:
                yield ConfigProblem(as_written([*path, key]), text, {"other": as_written(other)})


def _within(path: KeyPath, desk: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    yield from _backup_channels(path, _table(desk, "backup_channels"))
    channel = desk.get("incident_channel")
    if channel is not None and channel == desk.get("operators_group"):
        yield ConfigProblem(as_written([*path, "incident_channel"]), "config.channel_is_group")
    yield from _rules(path, desk)
    sure, unsure = (_threshold(desk, key) for key in ("faq_sure", "faq_unsure"))
    if sure is not None and unsure is not None and sure < unsure:
        yield ConfigProblem(as_written([*path, "faq_sure"]), "config.sure_below_unsure")


def _backup_channels(path: KeyPath, channels: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    """What a channel lacks, and addresses of channels that are not set up."""
    where: KeyPath = (*path, "backup_channels")
    for kind, first, others in NEEDED_TOGETHER:
        table = _table(channels, kind)
        for key in others if table.get(first) else ():
            if not table.get(key):
                yield ConfigProblem(as_written([*where, kind, key]), "config.needed_with", {"other": first})
    set_up = {kind for kind, first, _ in NEEDED_TOGETHER if _table(channels, kind).get(first)}
    for place, written in _written_addresses(channels):
        named = str(written).partition(":")[0]
        if named in CHANNEL_KINDS and named not in set_up:
            yield ConfigProblem(as_written([*where, *place]), "config.channel_unset", {"channel": named})
    if "other" in set_up and find_spec("apprise") is None:
        yield ConfigProblem(as_written([*where, "other", "url"]), "config.no_apprise")


def _written_addresses(channels: Mapping[str, Any]) -> Iterator[tuple[KeyPath, object]]:
    for place, written in steps(channels.get("managers")):
        yield ("managers", place), written
    for path, table in tables(channels, "lists", ...):
        for place, written in steps(table.get("addresses")):
            yield (*path, "addresses", place), written


def _rules(path: KeyPath, desk: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    """Rules for alerts name components and ready texts that there are."""
    for place, rule in tables(desk, "alerts", "rules", ...):
        for key, known, text in NAMED_BY_RULES:
            named = rule.get(key)
            if named and isinstance(named, str) and named not in _table(desk, known):
                yield ConfigProblem(as_written([*path, *place, key]), text, {key: named})
        named = str(rule.get("template"))
        if _table(desk, "templates", named).get("status", "") not in ("", "investigating"):
            where = as_written([*path, *place, "template"])
            yield ConfigProblem(where, "config.template_of_later", {"template": named})


def _threshold(desk: Mapping[str, Any], key: str) -> float | None:
    try:
        return float(desk[key])
    except (KeyError, TypeError, ValueError):
        return None
