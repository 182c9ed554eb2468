"""The command line: plain answers, honest exit codes, quick to start, never a traceback."""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli import FAILED, _failed
from tests.ground.our_source import ROOT
from tests.ground.terminal import environment, otklik

CONFIG = '[desk.main]\ntoken = "123456:ABC"\noperators_group = -1001\nfaq = ["faq.yaml"]\n'
FAQ = """\
- id: refund
  question: Как вернуть деньги?
  phrasings: [хочу возврат, верните деньги]
  answer: Оформите возврат в разделе «Заказы».
- id: hours
  question: Когда вы работаете?
  phrasings: [часы работы, до скольки вы открыты]
  answer: С девяти до девяти.
"""
STARTS_WITHIN = 0.7
LOOKS_WITHIN = 1.5  # the database is looked at, and the phrasings of a knowledge base are put to a matcher
HEAVY = {"aiogram", "aiohttp", "sqlalchemy", "alembic", "structlog", "apscheduler", "rich"}
ON_A_DATABASE = {"check": {"sqlalchemy"}, "stuck list": HEAVY - {"aiogram", "aiohttp", "apscheduler"}}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a configuration and a knowledge base that are right."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "faq.yaml").write_text(FAQ, "utf-8")
    return tmp_path


def test_help_names_every_command(home: Path) -> None:
    shown = otklik("--help", home=home)
    assert shown.code == 0
    assert all(f"  {command} " in shown.out for command in ("run", "check", "demo", "faq"))
    faq = otklik("faq", "--help", home=home).out
    assert all(f"  {command} " in faq for command in ("check", "import", "export", "eval"))


def test_help_is_in_the_terminal_s_language(home: Path) -> None:
    assert "The support desk" in otklik("--help", home=home, language="C").out
    assert "Служба поддержки" in otklik("--help", home=home, language="ru_RU").out


def test_a_right_configuration_passes(home: Path) -> None:
    passed = otklik("check", home=home)
    assert (passed.code, passed.err) == (0, "")
    assert "config.toml" in passed.out


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_wrong_configuration_is_a_line_a_problem_and_exit_code_2(home: Path, command: str) -> None:
    (home / "other.toml").write_text(CONFIG.replace("-1001", "1001") + "hours = 5\n", "utf-8")
    refused = otklik(command, "--config", "other.toml", home=home)
    assert refused.code == 2
    assert [line.partition(": ")[0] for line in refused.lines] == [
        "desk.main.operators_group",
        "desk.main.hours",
    ]


def test_no_configuration_is_a_line_with_its_name(home: Path) -> None:
    refused = otklik("check", "--config", "nowhere.toml", home=home, language="ru_RU")
    assert refused.code == 2
    assert refused.lines == ["nowhere.toml: такого файла нет; начните с config.example.toml"]


def test_a_broken_knowledge_base_is_a_problem_of_its_desk(home: Path) -> None:
    (home / "faq.yaml").write_text(FAQ + "- id: refund\n  question: Ещё?\n", "utf-8")
    refused = otklik("check", home=home)
    assert refused.code == 2
    assert all(line.startswith("desk.main.faq: ") and "faq.yaml:" in line for line in refused.lines)
    assert any("already used" in line for line in refused.lines)


def test_the_knowledge_base_is_checked_by_itself(home: Path) -> None:
    assert otklik("faq", "check", home=home).code == 0
    (home / "bad.yaml").write_text("- id: a b\n  question: 5\n", "utf-8")
    for words in (["bad.yaml"], ["--faq", "bad.yaml"]):
        refused = otklik("faq", "check", *words, home=home, language="ru_RU")
        assert refused.code == 2
        assert any("bad.yaml:1" in line and "неподходящий id" in line for line in refused.lines)


def test_exported_and_imported_again_it_is_the_same(home: Path) -> None:
    exported = otklik("faq", "export", home=home)
    (home / "out.yaml").write_text(exported.out, "utf-8")
    assert otklik("faq", "check", "out.yaml", home=home).code == 0
    imported = otklik("faq", "import", "out.yaml", "--to", "in.yaml", home=home)
    assert imported.lines == ["2 entries taken"]
    assert (home / "in.yaml").read_text("utf-8") == exported.out
    again = otklik("faq", "import", "out.yaml", "--to", "in.yaml", home=home)
    assert (again.code, again.lines) == (2, ["in.yaml is already there; name another file"])


def test_a_table_is_taken_over_and_what_is_left_out_is_said(home: Path) -> None:
    (home / "faq.csv").write_text("question,answer\nКак платить?,Картой\nБез ответа,\n", "utf-8")
    imported = otklik("faq", "import", "faq.csv", home=home, language="ru_RU")
    assert imported.code == 0
    assert "Как платить?" in imported.out
    assert imported.lines[-1].replace("\xa0", " ") == "взята 1 запись"
    assert [line.partition(": ")[0] for line in imported.lines[:-1]] == ["faq.csv:1", "faq.csv:3"]


HELP_DESK = "id,query,response,enabled\npay,How to pay?,<p>By card</p>,TRUE\nrent,Do you rent?,Yes,FALSE\n"


def test_what_an_import_did_is_said_line_by_line(home: Path) -> None:
    (home / "base.csv").write_text(HELP_DESK, "utf-8")
    english = otklik("faq", "import", "base.csv", home=home)
    assert english.lines == [
        "base.csv:1: “query” looks like the question; taken as that",
        "base.csv:1: “response” looks like the answer; taken as that",
        "base.csv:2 (pay): simplified for Telegram: <p> × 1",
        "base.csv:3 (rent): “enabled” says that it is not in use: taken switched off",
        "If a guess is wrong, name the columns yourself: --question, --answer, --phrasings, --category, --id",
        "2 entries taken",
    ]
    russian = otklik("faq", "import", "base.csv", home=home, language="ru_RU")
    assert russian.lines[0].replace("\xa0", " ") == "base.csv:1: «query» — похоже, это вопрос; так и взято"
    assert len(russian.lines) == len(english.lines)
    checked = otklik("faq", "check", "base.csv", home=home)
    assert (checked.code, checked.out.splitlines()[:4]) == (0, english.lines[:4])


def test_columns_are_named_by_options(home: Path) -> None:
    (home / "base.csv").write_text(HELP_DESK, "utf-8")
    words = ("--question", "query", "--answer", "3", "--category", "enabled")
    taken = otklik("faq", "import", "base.csv", *words, home=home)
    assert taken.lines == ["base.csv:2 (pay): simplified for Telegram: <p> × 1", "2 entries taken"]
    assert "category: 'FALSE'" in taken.out
    refused = otklik("faq", "import", "base.csv", "--question", "asks", home=home)
    assert refused.code == 2
    assert refused.lines[0] == "base.csv:1: no column asks (found: id, query, response, enabled)"


def test_a_file_of_another_kind_is_refused_with_a_way_out(home: Path) -> None:
    (home / "base.docx").write_bytes(b"PK")
    refused = otklik("faq", "import", "base.docx", home=home)
    assert refused.code == 2
    assert "save it as .xlsx, .csv, .md or .html" in refused.lines[0]


def test_questions_are_asked_and_answers_come_as_json_in_their_order(home: Path) -> None:
    questions = [("хочу возврат", "refund"), ("часы работы", "hours"), ("какая завтра погода", "oos")]
    rows = "\n".join(json.dumps({"text": text, "intent": intent}) for text, intent in questions)
    (home / "q.jsonl").write_text(rows, "utf-8")
    asked = otklik("faq", "eval", "--faq", "faq.yaml", "--questions", "q.jsonl", "--json", home=home)
    found = [json.loads(line) for line in asked.out.splitlines()]
    assert [(one["text"], one["expected"]) for one in found] == questions
    assert [one["zone"] for one in found] == ["answer", "answer", "person"]
    assert found[0]["candidates"][0]["id"] == "refund"
    assert all(set(one) == {"text", "expected", "zone", "candidates", "ms"} for one in found)
    table = otklik("faq", "eval", "--faq", "faq.yaml", "--questions", "q.jsonl", home=home)
    assert ["the", "right", "entry", "comes", "first", "100.0%", "100.0%"] in map(
        str.split, table.out.splitlines()
    )


def test_questions_that_cannot_be_read_are_said(home: Path) -> None:
    (home / "q.jsonl").write_text('{"text": "a"}\n', "utf-8")
    refused = otklik("faq", "eval", "--questions", "q.jsonl", home=home)
    assert refused.code == 2
    assert refused.lines == ["q.jsonl:1: a line must be a JSON object with texts text and intent"]


def test_what_the_machine_refuses_is_one_line_and_exit_code_1(home: Path) -> None:
    failed = otklik("faq", "export", "--to", "no/such/folder/faq.yaml", home=home)
    assert failed.code == 1
    assert len(failed.lines) == 1
    assert "No such file" in failed.lines[0]


def test_anything_unforeseen_is_told_without_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    assert _failed(RuntimeError(f"cannot parse {token}\nand more")) == FAILED
    told = capsys.readouterr().err.splitlines()
    assert told[0].endswith("cannot parse [token]")
    assert "OTKLIK_LOG__LEVEL=debug" in told[1]


@pytest.mark.parametrize(
    "words", ["--help", "check", "faq check", "faq eval --questions q.jsonl", "stuck list"]
)
def test_what_needs_no_telegram_loads_none_of_it(home: Path, words: str) -> None:
    (home / "q.jsonl").write_text('{"text": "хочу возврат", "intent": "refund"}\n', "utf-8")
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sorted({name.partition('.')[0] for name in sys.modules})))\n"
        f"sys.argv = ['otklik', *{words.split()!r}]\n"
        "from bot.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=home,
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert HEAVY & set(done.stdout.splitlines()[-1].split()) == ON_A_DATABASE.get(words, set())


@pytest.mark.parametrize(
    ("words", "within"), [("--help", STARTS_WITHIN), ("check", LOOKS_WITHIN), ("faq check", LOOKS_WITHIN)]
)
def test_what_needs_no_telegram_starts_at_once(home: Path, words: str, within: float) -> None:
    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert otklik(*words.split(), home=home).code == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < within


STARTING = (
    "import time\n"
    "from bot.terminal.serving import end_well\n"
    "end_well()\n"
    "print('starting', flush=True)\n"
    "time.sleep(60)"
)


@contextmanager
def starting(*before: str) -> Iterator[subprocess.Popen[str]]:
    """It is about to start; what is to come `before` it is a command that runs it."""
    command = [*before, sys.executable, "-c", STARTING]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "starting\n"
        yield process


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_while_still_starting_it_ends_well(sent: signal.Signals) -> None:
    with starting() as process:
        process.send_signal(sent)
        assert process.wait(60) == 0


def test_what_nohup_has_started_outlives_its_terminal() -> None:
    with starting("nohup") as process:
        process.send_signal(signal.SIGHUP)
        process.send_signal(0)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.terminate()
        assert process.wait(60) == 0
