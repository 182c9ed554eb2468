"""What those who run a desk are given stays true: pages, unit, containers, board."""

import configparser
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import load
from bot.health.metrics import COUNTERS, GAUGES, WAITS
from locales import long_texts
from locales.catalogue import catalogue
from tests.ground.our_source import ROOT
from tests.test_house import ROOMS, commands

DEPLOY = ROOT / "deploy"
COMPOSE = sorted(DEPLOY.glob("compose.*.yaml"))
UNIT = DEPLOY / "otklik.service"
IMAGE = (DEPLOY / "Dockerfile").read_text("utf-8")
THREE_AM = (ROOT / "docs" / "howto" / "3-am.md").read_text("utf-8")
TOTAL = {f"{metric.name}_total": metric.labels for metric in COUNTERS}
FIGURES = {
    **TOTAL,
    **{metric.name: metric.labels for metric in GAUGES},
    **{metric.name: metric.labels for metric in WAITS},
}


def keys(family: str) -> set[str]:
    return {key for key in catalogue("ru").keys | long_texts.keys("ru") if key.startswith(family)}


def test_every_alarm_is_explained_at_three_in_the_morning() -> None:
    explained = re.findall(r"^\| `(alert\.[a-z._]+)` \|", THREE_AM, re.MULTILINE)
    assert sorted(explained) == sorted(keys("alert."))


def test_every_reason_of_readyz_is_explained_at_three_in_the_morning() -> None:
    explained = re.findall(r"^### `([a-z_]+)`$", THREE_AM, re.MULTILINE)
    assert sorted(explained) == sorted(key.removeprefix("ready.") for key in keys("ready.") - {"ready.well"})


def test_every_figure_stands_on_the_page_of_metrics_with_its_labels() -> None:
    page = (ROOT / "docs" / "metrics.md").read_text("utf-8")
    rows = re.findall(r"^\| `(otklik_\w+)` \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    assert {name: tuple(re.findall(r"`(\w+)`", labels)) for name, labels, _ in rows} == FIGURES
    meanings = {metric.meaning for metric in (*COUNTERS, *GAUGES, *WAITS)}
    assert {meaning for _, _, meaning in rows} == meanings


def asked_of(expression: str) -> set[str]:
    """The figures a query asks for."""
    return set(re.findall(r"\botklik_\w+", expression))


def test_the_board_and_the_alarms_ask_only_for_figures_that_there_are() -> None:
    board = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))
    page = (ROOT / "docs" / "metrics.md").read_text("utf-8")
    asked = {target["expr"] for panel in board["panels"] for target in panel.get("targets", ())}
    asked |= set(re.findall(r"^  expr: (.+)$", page, re.MULTILINE))
    known = set(FIGURES) | {
        f"{metric.name}_{part}" for metric in WAITS for part in ("bucket", "count", "sum")
    }
    assert asked
    assert {name for each in asked for name in asked_of(each)} - known - {"otklik_build_info"} == set()


def test_every_figure_of_ours_has_a_place_on_the_board() -> None:
    board = (DEPLOY / "grafana.json").read_text("utf-8")
    assert [name for name in FIGURES if name not in board] == []


def unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNIT, "utf-8")
    return parser


def test_the_unit_runs_a_command_that_there_is_as_nobody_special() -> None:
    service = unit()["Service"]
    program, *words = service["ExecStart"].split()
    assert program.endswith("/.venv/bin/otklik")
    assert "--config" in words
    assert "--config" in commands()[f"otklik {words[0]}"]
    assert service["User"] not in {"root", "0", ""}
    assert service["Type"] == "notify"
    assert service["RestartPreventExitStatus"] == "2"
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_has_nothing_to_say_against_the_unit(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    program = unit()["Service"]["ExecStart"].split()[0]
    here.write_text(UNIT.read_text("utf-8").replace(program, str(Path(sys.executable).with_name("otklik"))))
    for check in (["verify", "--man=no"], ["security", "--offline=true", "--threshold=20"]):
        done = subprocess.run(
            ["systemd-analyze", *check, here], capture_output=True, encoding="utf-8", check=False, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert check[0] == "security" or done.stderr == ""


def test_the_image_holds_every_room_and_runs_as_nobody_special() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE, re.MULTILINE)
    files = {name for line in copied for name in line.split()}
    assert set(ROOMS) <= files
    assert [name for name in files if not (ROOT / name).exists()] == []
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"}
    assert kept == files
    assert re.findall(r"^USER (\w+)$", IMAGE, re.MULTILINE) == ["otklik"]
    assert re.search(r"^HEALTHCHECK .*\\\n.*http://127\.0\.0\.1:8080/healthz", IMAGE, re.MULTILINE)
    words = json.loads(re.findall(r"^CMD (\[.+\])$", IMAGE, re.MULTILINE)[-1])
    assert set(words[1:]) & commands()[f"otklik {words[0]}"] == {"--config"}


def told(environment: dict[str, str], tmp_path: Path) -> Any:
    """What the example and such an environment come to."""
    example = (ROOT / "config.example.toml").read_text("utf-8")
    (tmp_path / "config.toml").write_text(example, "utf-8")
    (tmp_path / "faq.yaml").write_text("[]", "utf-8")
    return load(tmp_path / "config.toml", environment)


def test_the_image_s_own_settings_are_keys_that_there_are(tmp_path: Path) -> None:
    given = dict(re.findall(r"\b(OTKLIK_\w+)=(\S+)", IMAGE))
    settings = told(given, tmp_path)
    assert settings.web.address == ("0.0.0.0", 8080)  # noqa: S104 - inside a container
    assert settings.storage.url == "sqlite:////data/otklik.db"


@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: file.name)
def test_a_compose_file_builds_our_image_and_publishes_on_loopback_only(file: Path, tmp_path: Path) -> None:
    services = yaml.safe_load(file.read_text("utf-8"))["services"]
    ours = services["otklik"]
    assert (
        DEPLOY / ours["build"]["context"] / ours["build"]["dockerfile"]
    ).resolve() == DEPLOY / "Dockerfile"
    assert [port for each in services.values() for port in each.get("ports", ())] == ["127.0.0.1:8080:8080"]
    assert ours["read_only"]
    assert ours["cap_drop"] == ["ALL"]
    assert {"data:/data", "./config:/etc/otklik:ro"} == set(ours["volumes"])
    given = {name: re.sub(r"\$\{.+?\}", "secret", value) for name, value in ours["environment"].items()}
    url = told(given, tmp_path).storage.url
    assert url.startswith(
        "postgresql://otklik:secret@database/" if "database" in services else "sqlite:////data/"
    )


def test_both_databases_have_a_compose_file() -> None:
    assert [file.name for file in COMPOSE] == ["compose.postgres.yaml", "compose.sqlite.yaml"]
