"""Whatever anyone feeds, an import ends with entries that can be used, and lines that say what was done."""

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faq.entries import answer
from faq.entries.entry import is_id
from faq.entries.simpler_html import simpler
from faq.files.formats import READABLE, export_yaml, import_file

WRITTEN = """
question answer вопрос ответ q a id category phrasings keywords enabled true нет ? : ; , | - # ## **x?** *y*
[l](https://x.org) ![i](u) < > & &nbsp; <b> </b> <p> </p> <br> <li> <ul> <table> <tr> <td> <details> <summary>
</details> <dt> <dd> <h1> <h2> </h2> <!-- --> <![if] <!x> <? {{ }} {% %} {{customer.first_name}} { } [ ] " '
\\u0000 \\ud83d \\/ sep=; Q: A: В: О: Keywords: --- ``` Как? Так. How? So. ru en question_ru answer_en 🙂
null ~ ! * &a *a 1. `c`
"""
UNSEEN = ["\t", "\n", "\n\n", "\r\n", " ", "\x00", "\ufeff", "\ud83d"]
PIECES = st.sampled_from([*WRITTEN.split(), *UNSEEN])
JOINED = st.lists(PIECES, max_size=40)
TEXTS = st.one_of(st.text(), JOINED.map(" ".join), JOINED.map("".join))
KEYS = st.sampled_from(
    ["question", "q", "answer", "a", "id", "items", "faq", "name", "text", "ru", "Как платить?", "enabled"]
)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXTS, inner, max_size=5),
    max_leaves=20,
)
SUFFIXES = st.sampled_from(READABLE)


def holds(name: str, content: bytes) -> None:
    """What holds for every import."""
    taken = import_file(Path(name), content, frozenset())
    assert len({entry.id for entry in taken.entries}) == len(taken.entries)
    for entry in taken.entries:
        assert is_id(entry.id)
        assert all(not answer.check(text) for text in entry.answer.values())
    written = export_yaml(taken.entries).encode()
    again = import_file(Path("faq.yaml"), written, frozenset())
    assert (again.entries, again.problems, again.remarks) == (taken.entries, (), ())
    assert all(each.line > 0 for each in (*taken.problems, *taken.remarks))


@given(SUFFIXES, TEXTS)
@example(".md", "Q: \x00\nA: \x00")
@example(".html", "<details>" * 3000)
@example(".html", "<ul><li>" * 3000 + "<b>x?</b>")
@example(".md", "> " * 3000 + "x")
@example(".json", "[" * 100_000)
@example(".yaml", "[" * 3000)
@example(".yaml", "- &a [*a, *a]\n- *a")
@example(".yaml", "&a {question: x, answer: *a}")
@settings(deadline=None, max_examples=200)
def test_any_text_under_any_name(suffix: str, text: str) -> None:
    holds(f"faq{suffix}", text.encode("utf-8", "surrogatepass"))


@given(SUFFIXES, st.binary())
@settings(deadline=None, max_examples=60)
def test_any_bytes_under_any_name(suffix: str, content: bytes) -> None:
    holds(f"faq{suffix}", content)


@given(st.lists(st.lists(TEXTS, max_size=5), max_size=6), st.sampled_from(",;\t|"))
@example([["Q", "a\x85b\u2028c\u2029d"], ["R", "a\nb\x85c"]], ",")
@settings(deadline=None, max_examples=200)
def test_any_table(rows: list[list[str]], sign: str) -> None:
    text = "\n".join(sign.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    holds("faq.csv", text.encode("utf-8", "surrogatepass"))


@given(DATA)
@settings(deadline=None, max_examples=120)
def test_any_data(data: object) -> None:
    holds("faq.json", json.dumps(data).encode())
    holds("faq.yaml", json.dumps(data).encode())


@given(TEXTS)
@settings(deadline=None, max_examples=120)
def test_html_made_simpler_is_html_of_telegram_and_stays_so(text: str) -> None:
    made = simpler(text.replace("{", "("))
    wrong = (
        {finding.kind.value for finding in answer.check(made.text)} - {"empty_text"} if made.text else set()
    )
    assert wrong == set()


def many(entry: str) -> str:
    return "".join(entry.replace("{}", str(number)) for number in range(2_000))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", many("## Как {}?\n\nТак **же**, см. [тут](https://x.org).\n\n")),
        ("a.csv", "question,answer\n" + many("Как {}?,<p>Так</p><ul><li>раз</li></ul>\n")),
        ("a.html", many("<h2>Как {}?</h2><p>Так <b>же</b></p><ul><li>раз</li></ul>")),
        ("a.yaml", many("- q: Как {}?\n  a: <p>Так</p>\n")),
        ("a.txt", many("Как {}?\nТак.\n\n")),
        ("b.html", "<div>" * 50_000),
        ("b.yaml", "- &a [*a, *a]\n- {q: x, a: &b {ru: *b}}\n"),
    ],
    ids=lambda text: text[:8],
)
def test_a_file_as_large_as_telegram_brings_is_read_in_time(name: str, text: str) -> None:
    begun = process_time()
    import_file(Path(name), text.encode())
    assert process_time() - begun < 20
