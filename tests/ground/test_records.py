"""otklik faq export and import with the database: out as it stands, in without overwriting silently."""

from pathlib import Path

import pytest

from tests.ground.terminal import Typed, otklik

CONFIG = """
[desk.main]
token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
operators_group = -1001
faq = ["faq.yaml"]
"""
SECOND = CONFIG.replace("main", "second").replace("123456", "654321").replace("-1001", "-1002")
OTHER = "different in the database and was left alone"
FULL = """\
- id: refund
  category:
    ru: Оплата
    en: Payment
  question:
    ru: Как вернуть деньги?
    en: How do I get a refund?
  phrasings:
    ru:
      - хочу возврат
  answer: |
    Оформите возврат
    в разделе «Заказы».
  media: telegram:photo:AgACAgIAAx
  valid_from: '2029-12-01'
  languages:
    - ru
    - en
  sure: 0.95

- id: trees
  question: Где купить ёлку?
  season: 12-01..01-15
  call_person: true
  hidden: true
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a configuration and files to take in."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "faq.yaml").write_text("[]", "utf-8")
    (tmp_path / "full.yaml").write_text(FULL, "utf-8")
    return tmp_path


def takes_in(home: Path, name: str, *more: str) -> Typed:
    return otklik("faq", "import", name, "--config", "config.toml", *more, home=home)


def gives_out(home: Path, *more: str) -> Typed:
    return otklik("faq", "export", "--config", "config.toml", *more, home=home)


def test_out_in_and_out_again_is_the_same(home: Path) -> None:
    assert takes_in(home, "full.yaml").lines == ["added: 2, replaced: 0, there already: 0, left out: 0"]
    exported = gives_out(home)
    assert exported.out == FULL
    (home / "out.yaml").write_text(exported.out, "utf-8")
    assert takes_in(home, "out.yaml").lines == ["added: 0, replaced: 0, there already: 2, left out: 0"]


def test_what_is_different_is_left_alone_until_it_is_asked_for(home: Path) -> None:
    takes_in(home, "full.yaml")
    table = "id,question,answer\ntrees,Где ёлки?,В лесу\npay,Как платить?,Картой\n,,\nx,Y,\n"
    (home / "more.csv").write_text(table, "utf-8")
    first = takes_in(home, "more.csv")
    assert first.code == 0
    assert first.lines == [
        "more.csv:5 (x): answer is empty",
        "added: 1, replaced: 0, there already: 0, left out: 1",
        f"1 entry is {OTHER}: trees. Add --replace to take it from the file",
    ]
    second = takes_in(home, "more.csv", "--replace")
    assert second.lines[1:] == ["added: 0, replaced: 1, there already: 1, left out: 1"]
    assert "В лесу" in gives_out(home).out


def test_several_desks_are_told_apart(home: Path) -> None:
    (home / "config.toml").write_text(CONFIG + SECOND, "utf-8")
    unnamed = takes_in(home, "full.yaml")
    assert (unnamed.code, unnamed.lines) == (
        2,
        ["there are several desks (main, second); name one with --desk"],
    )
    assert takes_in(home, "full.yaml", "--desk", "second").code == 0
    assert gives_out(home, "--desk", "main").out == "[]\n"


def test_without_a_database_there_is_nothing_to_give_out(home: Path) -> None:
    refused = gives_out(home)
    assert refused.code == 2
    assert refused.lines == ["there is no database yet, or it is of another release: run otklik run first"]
    assert not (home / "data").exists()
