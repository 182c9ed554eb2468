"""config.example.toml: every key there is, each explained, and it works as it stands."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel

from bot.config import Desk, Settings, load
from bot.config.settings import ComponentSettings, NoticeTemplateSettings
from tests.ground.our_source import ROOT

NAMED: dict[str, tuple[str, type[BaseModel]]] = {
    "desk": ("main", Desk),
    "components": ("payments", ComponentSettings),
    "templates": ("card_down", NoticeTemplateSettings),
}
"""Tables whose keys are yours, with the one that the example has."""
LANGUAGES = {
    "desk.main.publishers",
    "desk.main.components.payments.names",
    "desk.main.components.payments.groups",
    "desk.main.templates.card_down.texts",
}
"""One value by language, or by person."""
EXAMPLE = ROOT / "config.example.toml"


def keys_of(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name in NAMED and get_origin(field.annotation) is dict:
            example, table = NAMED[name]
            yield from keys_of(table, f"{before}{name}.{example}.")
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys_of(field.annotation, f"{before}{name}.")
        else:
            yield before + name


def keys_in(table: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict) and before + name not in LANGUAGES:
            yield from keys_in(value, f"{before}{name}.")
        else:
            yield before + name


def test_it_has_every_key_and_no_other() -> None:
    assert sorted(keys_in(tomllib.loads(EXAMPLE.read_text("utf-8")))) == sorted(keys_of(Settings))


def test_every_key_has_one_line_of_explanation() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"\w+ = ", line) and not re.match(r"# .+[.]$", before)
    ]
    assert bare == []


def test_it_loads_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").touch()
    (tmp_path / "config.toml").write_bytes(EXAMPLE.read_bytes())
    settings = load(tmp_path / "config.toml", {})
    assert settings.desk["main"].operators_group == -1001111111111


def test_what_it_shows_is_what_is_taken_without_it(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").touch()
    (tmp_path / "config.toml").write_bytes(EXAMPLE.read_bytes())
    shown = load(tmp_path / "config.toml", {})
    (tmp_path / "config.toml").write_text(
        '[desk.main]\ntoken = "123456:ABC"\noperators_group = -1001111111111'
    )
    bare = load(tmp_path / "config.toml", {})
    yours: dict[str, Any] = dict.fromkeys(
        ("incident_channel", "managers", "faq", "work_hours", "components", "templates"), True
    )
    yours["alerts"] = {"rules"}
    assert shown.model_dump(exclude={"desk"}) == bare.model_dump(exclude={"desk"})
    assert shown.desk["main"].model_dump(exclude=yours) == bare.desk["main"].model_dump(exclude=yours)
