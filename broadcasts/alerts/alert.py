"""The alert: what a monitoring system says, in one shape whoever says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AlertSource(StrEnum):
    """Who says it; the values stand in addresses and in the configuration."""

    ALERTMANAGER = "alertmanager"
    GRAFANA = "grafana"
    ZABBIX = "zabbix"
    KUMA = "kuma"
    HEALTHCHECKS = "healthchecks"
    GENERIC = "generic"
    QUESTIONS = "questions"
    """We ourselves: customers ask the same, far more often than usual."""


HOOKED = tuple(each for each in AlertSource if each is not AlertSource.QUESTIONS)
"""Those that come over HTTP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing that is wrong, or is so no longer.

    `key` is the same whenever the source speaks of the same thing; `severity` is the source's own word, `at`
    when it began as the source tells it. `asked` and `people`: the questions and customers it is made of.
    """

    source: AlertSource
    key: str
    firing: bool
    severity: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    title: str
    text: str = ""
    at: datetime | None = None
    asked: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadAlert:
    """What a source sent is no alert; `lacks` says in English what is missing or wrong in it, and where."""

    lacks: str
