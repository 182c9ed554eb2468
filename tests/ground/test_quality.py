"""otklik faq eval and check: what a company learns of its knowledge base at the terminal."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.rooms.stores import Stores
from bot.terminal.speaking import LOCALE_VARIABLES
from desk.content import Content
from desk.people import Person
from desk.profile import DeskPlaces
from faq.entries.entry import Entry
from faq.entries.version import Action, Author
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from tests.ground.terminal import Typed
from tests.knowledge.shelf import entry

CONFIG = '[desk.main]\ntoken = "123456:ABC"\noperators_group = -1001\nfaq = ["faq.yaml"]\n'
FAQ = """\
- {id: refund, question: Как вернуть деньги?, phrasings: [хочу возврат, верните деньги], answer: Так.}
- {id: hours, question: Когда вы работаете?, phrasings: [часы работы, до скольки открыто], answer: Всегда.}
- {id: office, question: Где <b>ваш</b> офис?, phrasings: [адрес конторы, как к вам доехать], answer: Тут.}
"""
ASKED = [
    ("хочу возврат", "refund"),
    ("часы работы", "refund"),
    ("<script>alert(1)</script> адрес конторы", "refund"),
    ("какая завтра погода", "oos"),
    ("часы работы", "oos"),
    ("сколько стоит доставка", "delivery"),
]
Otklik = Callable[..., Typed]
EVAL = ("faq", "eval", "--faq", "faq.yaml", "--questions", "q.jsonl")
PLACES = DeskPlaces(group=-1)


@pytest.fixture
def otklik(home: Path, monkeypatch: pytest.MonkeyPatch) -> Otklik:
    """Type a command at home; in this process, since a dozen of new ones would take as many seconds."""
    monkeypatch.chdir(home)
    for name in LOCALE_VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def type_(*words: str, language: str = "en") -> Typed:
        monkeypatch.setenv("LANG", f"{language}.UTF-8")
        done = CliRunner().invoke(build(), words)
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return Typed(done.exit_code, done.stdout, done.stderr)

    return type_


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A company with a knowledge base in good order and some labelled questions."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "faq.yaml").write_text(FAQ, "utf-8")
    rows = (json.dumps({"text": text, "intent": intent}) for text, intent in ASKED)
    (tmp_path / "q.jsonl").write_text("\n".join(rows), "utf-8")
    return tmp_path


def test_json_is_a_line_a_question_and_nothing_else(otklik: Otklik) -> None:
    asked = otklik(*EVAL, "--json")
    found = [json.loads(line) for line in asked.out.splitlines()]
    assert [(one["text"], one["expected"]) for one in found] == ASKED
    assert [one["zone"] for one in found][:2] == ["answer", "answer"]
    assert all(len(one["candidates"]) >= 3 for one in found)
    assert asked.lines == [
        "q.jsonl:6: no entry has the id “delivery”; every answer to its questions (1) counts as wrong"
    ]


def test_the_table_stands_in_columns_and_names_the_worst(otklik: Otklik) -> None:
    how, passes, told, *table = otklik(*EVAL, "--no-semantic", language="ru_RU").out.splitlines()
    assert how == "Сравниваем по словам и буквам (semantic = false)."
    assert passes.startswith("Два прохода")
    assert told.startswith("Разных вопросов: 3.")
    figures, confusions = table[: table.index("")], table[table.index("") + 2 :]
    assert len({len(line) for line in figures}) == 1
    assert figures[0].split() == ["вопросов", "6", "6"]
    assert any("," in line and line.endswith("\u00a0%") for line in figures)
    assert any("AUROC" in line for line in figures)
    assert "refund → hours: 1, 1; «часы работы»" in map(str.strip, confusions)
    assert "oos → hours: 1, 1; «часы работы»" in map(str.strip, confusions)
    assert any("refund → office: 1," in line for line in confusions)


def confidences(json_lines: str) -> list[float]:
    return [json.loads(line)["candidates"][0]["confidence"] for line in json_lines.splitlines()]


def test_traffic_without_labels_shows_what_answers_would_be(otklik: Otklik, home: Path) -> None:
    lines = [f"расскажи про погоду номер {number}" for number in range(150)]
    lines += [json.dumps({"text": f"какой завтра курс валюты {number}"}) for number in range(150)]
    (home / "traffic.txt").write_text("\n".join(lines), "utf-8")
    heard = (*EVAL, "--no-semantic", "--traffic", "traffic.txt")
    new, busy = otklik(*EVAL, "--no-semantic", "--json"), otklik(*heard, "--json")
    assert sum(confidences(busy.out)) < sum(confidences(new.out))
    assert confidences(new.out)[0] == confidences(busy.out)[0]  # word for word
    _, passes, told, *_ = otklik(*heard).out.splitlines()
    assert (
        passes
        == "To the left the bot has heard nothing yet, to the right it has heard the questions of --traffic."
    )
    assert told.startswith("Distinct questions: 300. ")


def test_traffic_that_cannot_be_read_is_said_line_by_line(otklik: Otklik, home: Path) -> None:
    (home / "traffic.txt").write_text('где посылка\n{"text": 5}\n{broken\n', "utf-8")
    done = otklik(*EVAL, "--traffic", "traffic.txt")
    assert done.code == 2
    assert [line.split(":")[1] for line in done.lines] == ["2", "3"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a wrong answer at once"), ("ru", "неверный ответ сразу")]
)
def test_a_page_stands_alone_and_escapes_people_s_words(
    otklik: Otklik, home: Path, language: str, said: str
) -> None:
    done = otklik(*EVAL, "--page", "report.html", language=language)
    assert done.code == 0
    page = (home / "report.html").read_text("utf-8")
    assert said in page
    assert "Когда вы работаете?" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; адрес конторы" in page
    assert "Где &lt;b&gt;ваш&lt;/b&gt; офис?" in page
    assert "<script" not in page
    assert "http" not in page
    assert "часы работы" in page


def test_thresholds_of_the_desk_can_be_tried(otklik: Otklik) -> None:
    zones = [
        json.loads(line)["zone"]
        for line in otklik(*EVAL, "--json", "--sure", "1", "--unsure", "1").out.splitlines()
    ]
    assert zones[3] == "person"
    assert otklik(*EVAL, "--sure", "2").code == 2


def test_a_base_in_good_order_has_nothing_to_say(otklik: Otklik) -> None:
    checked = otklik("faq", "check")
    assert (checked.code, checked.out, checked.err) == (0, "faq.yaml: all is well\n", "")


def test_what_could_be_better_is_said_and_does_no_harm(otklik: Otklik, home: Path) -> None:
    (home / "faq.yaml").write_text(
        FAQ + "- {id: money, question: Хочу возврат!, answer: Иначе.}\n"
        "- {id: sale, question: Где скидки?, phrasings: [акции], valid_until: 2020-01-01, answer: Были.}\n",
        "utf-8",
    )
    checked = otklik("faq", "check", language="ru_RU")
    assert (checked.code, checked.err) == (0, "")
    lines = checked.out.replace("\u00a0", " ").splitlines()
    assert lines[0].startswith("refund: та же формулировка есть у money: «Хочу возврат!»")
    assert "money: только одна формулировка; добавьте ещё три — пять, как спрашивают клиенты" in lines
    assert "sale: срок вышел 2020-01-01; клиенты её больше не видят. Продлите или уберите" in lines
    assert lines[-1] == f"faq.yaml: {len(lines) - 1} замечания; работать это не мешает"


def test_two_entries_that_answer_the_same_are_to_be_joined(otklik: Otklik, home: Path) -> None:
    (home / "faq.yaml").write_text(
        FAQ + "- {id: card, question: Как сменить карту?, phrasings: [хочу новую карту, замените карту мне],"
        " answer: В салоне.}\n"
        "- {id: plastic, question: Сменить карту как?, phrasings: [карту новую хочу, мне карту замените],"
        " answer: в  салоне.}\n",
        "utf-8",
    )
    for language, advice in (
        ("ru_RU", "клиенту всё равно, а вам править обе: объедините их"),
        ("en_GB", "customers do not mind, but you have two to edit. Join them"),
    ):
        checked = otklik("faq", "check", language=language)
        (line,) = [each for each in checked.out.replace("\u00a0", " ").splitlines() if "plastic" in each]
        assert line.startswith("card: ")
        assert line.endswith(advice)


def test_files_and_a_configuration_are_not_checked_at_once(otklik: Otklik) -> None:
    refused = otklik("faq", "check", "faq.yaml", "--config", "config.toml")
    assert refused.code == 2
    assert refused.lines == ["name either files or --config, which already names the files of every desk"]


def test_before_the_first_start_only_the_files_are_known(otklik: Otklik, home: Path) -> None:
    checked = otklik("faq", "check", "--config", "config.toml")
    assert checked.code == 0
    assert checked.out == "config.toml: all is well\n"
    assert checked.lines == [
        "remark: there is no database of this release yet, so nothing is known of how entries are used"
    ]
    assert not (home / "data").exists()


def test_a_configuration_s_broken_files_are_refused(otklik: Otklik, home: Path) -> None:
    (home / "faq.yaml").write_text("- {id: refund}", "utf-8")
    refused = otklik("faq", "check", "--config", "config.toml")
    assert refused.code == 2
    assert all(line.startswith("desk.main.faq: ") for line in refused.lines)


def test_what_nobody_asks_for_and_what_does_not_help(otklik: Otklik, home: Path) -> None:
    asyncio.run(_a_quarter(home))
    checked = otklik("faq", "check", "--config", "config.toml")
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.splitlines() == [
        "office: not needed once in 90 days",
        "refund: often of no help: shown 6 times, a person was called after 4",
        "config.toml: 2 remarks; it works all the same",
    ]


def test_what_was_written_in_telegram_is_looked_over_too(otklik: Otklik, home: Path) -> None:
    asyncio.run(_written(home, entry("parking", "Где у вас парковка?")))
    checked = otklik("faq", "check", "--config", "config.toml")
    assert checked.out.splitlines()[0] == (
        "parking: only one phrasing; add three to five more, as customers put it"
    )
    (home / "config.toml").write_text(CONFIG.replace('faq = ["faq.yaml"]\n', ""), "utf-8")
    assert otklik("faq", "check", "--config", "config.toml").out == checked.out


async def _written(home: Path, *entries: Entry) -> None:
    def write(stores: Stores) -> None:
        for each in entries:
            stores.versions.add(each.id, Action.ADDED, each, author=Author(1, "Мария"), at=datetime.now(UTC))

    await _live(home, write)


async def _live(home: Path, live: Callable[[Stores], None]) -> None:
    """Something happens in the desk's database, which is made for it."""
    (home / "data").mkdir()
    ledger = Ledger(await open_engine(f"sqlite:///{home / 'data' / 'otklik.db'}"))
    await ensure(ledger)
    await ledger.run(lambda conn: live(Stores(conn, "main", 7, datetime.now(UTC), PLACES)))
    await ledger.close()


async def _a_quarter(home: Path) -> None:
    """The hours helped, the refund mostly did not, and the office nobody asked for."""
    now = datetime.now(UTC)

    def live(stores: Stores) -> None:
        customer = stores.customers.meet(Person(telegram_id=1, first_name="Анна"))
        for day, shown, helped in [(120, "office", True), (60, "hours", True)] + [
            (day, "refund", day > 4) for day in range(1, 7)
        ]:
            at = now - timedelta(days=day)
            message = stores.messages.keep(
                customer_id=customer.id, ticket_id=None, author="customer", content=Content(text="?"), at=at
            )
            question = stores.questions.keep(
                customer_id=customer.id,
                message_id=message.id,
                text="?",
                zone="answer",
                offered=[shown],
                asked_at=at,
            )
            stores.questions.settle(question, outcome="helped" if helped else "escalated")

    await _live(home, live)
