"""Settings with more below a desk than Otklik itself has: every way in which tables and lists may nest."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from bot.config import ConfigProblems, Desk, Settings
from bot.config.reading import load_as
from bot.config.table import SettingsTable
from bot.config.values import DeskName, Group, Person


class Hours(SettingsTable):
    lines: tuple[str, ...] = ()
    always: bool = False


class Team(SettingsTable):
    group: Group
    name: str = ""
    people: tuple[Person, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    on_call: dict[str, tuple[int, ...]] = Field(default_factory=dict)


class Component(SettingsTable):
    name: str
    weight: int = 1
    hours: Hours | None = None


class ToChannel(SettingsTable):
    kind: Literal["channel"]
    chat: Group


class ToMail(SettingsTable):
    kind: Literal["mail"]
    address: str


class Tree(SettingsTable):
    """Anything inside anything."""

    text: str = ""
    number: int = 0
    agreed: bool = False
    numbers: list[int] = Field(default_factory=list)
    labels: dict[str, str] = Field(default_factory=dict)
    branch: "Tree | None" = None
    branches: dict[str, "Tree"] = Field(default_factory=dict)
    row: tuple["Tree", ...] = ()


class DeepDesk(Desk):
    teams: dict[DeskName, Team] = Field(default_factory=dict)
    components: tuple[Component, ...] = ()
    hours: Hours = Hours()
    shifts: dict[Literal["day", "night"], Hours] = Field(default_factory=dict)
    publishers: tuple[Annotated[ToChannel | ToMail, Field(discriminator="kind")], ...] = ()
    tree: Tree = Tree()


class DeepSettings(Settings):
    desk: dict[DeskName, DeepDesk] = Field(default_factory=dict)


DESK = """
[desk.main]
token = "123456:ABC"
operators_group = -1001
"""


def read(home: Path, text: str, environ: Mapping[str, str] | None = None) -> DeepDesk:
    """The desk called main."""
    return read_all(home, DESK + text, environ).desk["main"]


def read_all(home: Path, text: str, environ: Mapping[str, str] | None = None) -> DeepSettings:
    path = home / "config.toml"
    path.write_text(text, "utf-8")
    return load_as(DeepSettings, path, environ or {})


def problems(
    home: Path, text: str, environ: Mapping[str, str] | None = None, language: str = "en"
) -> list[str]:
    with pytest.raises(ConfigProblems) as refused:
        read(home, text, environ)
    return list(refused.value.lines(language))


def toml(value: Any) -> str:
    """A value as TOML writes it in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
