"""A start tries once more what failed, and not for ever; so does the command at the terminal."""

from pathlib import Path

import pytest

from bot.config import Settings
from tests.faults.database import comes_to, inbox, sql
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.ground.terminal import Typed, otklik
from tests.stories.conftest import Scene, SetUp
from tests.stories.managers.test_stuck import REPAIR, SPOIL, TOLD

TRIED = "SELECT state, retried FROM inbox WHERE error IS NOT NULL"
CONFIG = """
[storage]
url = "sqlite:///{folder}/otklik.db"
[telegram]
api_url = "{api}"
[desk.main]
token = "{token}"
operators_group = {group}
managers = [1001]
faq = ["faq.yaml"]
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses need not be long here."""
    monkeypatch.setattr("bot.engine.dispatch.REST", 0.01)


async def test_a_start_tries_again_what_failed_for_a_reason_that_has_passed(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            sql(scene, SPOIL, anna.id)
            for text in ("раз", "два"):
                await anna.says(text)
            await until(lambda: inbox(scene).get("quarantined") == 2, within=20)
        sql(scene, REPAIR)
        async with scene.at_work():
            await oleg.sees(topic, "два")
            await anna.says("три")
            await oleg.sees(topic, "три")
        lines = [line for line in heard(oleg, topic) if line in {"раз", "два", "три"}]
        assert lines == ["раз", "два", "три"]


async def test_starts_that_do_not_help_are_three_and_tell_nobody(set_up: SetUp) -> None:
    async with set_up() as scene:
        maria = scene.manager()
        async with scene.at_work():
            await maria.starts()
            await maria.sees("Здравствуйте")
            anna, *_ = await called(scene)
            sql(scene, SPOIL, anna.id)
            await anna.says("раз")
            await anna.sees(TOLD)
            await maria.sees("/stuck")
        for start in (1, 2, 3, 3):
            async with scene.at_work():
                await comes_to(scene, lambda: sql(scene, TRIED)[0][:2], (2, start))
        assert len([line for line in heard(anna) if TOLD in line]) == 1
        assert len([line for line in heard(maria) if "/stuck" in line and "разобрать" in line]) == 1


def configure(scene: Scene) -> Path:
    """A file that says what the scene's settings say."""
    settings: Settings = scene.settings()
    about = {"folder": scene.folder, "api": settings.telegram.api_url, "token": scene.bot.token}
    (scene.folder / "config.toml").write_text(CONFIG.format(**about, group=scene.group.id), "utf-8")
    return scene.folder


def typed(home: Path, *words: str) -> Typed:
    return otklik("stuck", *words, home=home)


async def test_at_the_terminal_while_the_bot_runs_and_while_it_does_not(set_up: SetUp) -> None:
    async with set_up() as scene:
        home = configure(scene)
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            sql(scene, SPOIL, anna.id)
            for text in ("раз", "два", "три"):
                await anna.says(text)
            await until(lambda: inbox(scene).get("quarantined") == 3, within=20)
            listed = typed(home, "list").out.splitlines()
            assert len(listed) == 3
            assert "A customer’s message: Анна" in listed[0]
            names = [line.split("\t")[0] for line in listed]
            shown = typed(home, "show", names[0])
            assert "три" in shown.out
            assert "TypeError" in shown.out
            sql(scene, REPAIR)
            assert typed(home, "retry", names[2]).out == "1 message will be tried again.\n"
            await oleg.sees(topic, "раз")
        assert typed(home, "drop", names[1]).out == f"{names[1]}: dropped.\n"
        assert typed(home, "retry", "--all").out == "1 message will be tried again.\n"
        async with scene.at_work():
            await oleg.sees(topic, "три")
            await anna.sees("напишите его, пожалуйста, ещё раз")
        assert [line for line in heard(oleg, topic) if line in {"раз", "два", "три"}] == ["раз", "три"]
        assert typed(home, "list").out == "Nothing stands aside.\n"
        for words in (("show", "u1"), ("drop", "p1"), ("retry", "x"), ("retry",), ("list", "--desk", "no")):
            refused = typed(home, *words)
            assert (refused.code, len(refused.lines)) == (2, 1)
