"""Small knowledge bases to test with."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.entries.problem import BrokenFaq, Problem
from faq.files.loading import load_knowledge
from faq.matching.match import Match
from faq.matching.matcher import build

STARTER = Path(__file__).parents[2] / "faq" / "starter.yaml"
NOON = datetime(2030, 6, 15, 12, tzinfo=UTC)


def noon() -> datetime:
    return NOON


def load(folder: Path, text: str) -> Knowledge:
    """A knowledge base of one faq.yaml with this text, read at noon."""
    return load_knowledge([write(folder, text)], noon)


def write(folder: Path, text: str) -> Path:
    path = folder / "faq.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[Problem]:
    try:
        load(folder, text)
    except BrokenFaq as broken:
        return list(broken.problems)
    return []


def said(folder: Path, text: str) -> list[str]:
    """What a person is told about a faq.yaml with this text."""
    return [str(problem) for problem in problems(folder, text)]


def entry(entry_id: str, *ways: str, answer: str = "Ответ") -> Entry:
    """The first way to ask is the question."""
    return Entry(
        id=entry_id,
        category={ANY: "Раздел"},
        question={ANY: ways[0]},
        phrasings={ANY: ways[1:]} if ways[1:] else {},
        answer={ANY: answer},
    )


@cache
def starter() -> Knowledge:
    return load_knowledge([STARTER], noon)


def ask(knowledge: Knowledge, text: str, language: str = "ru") -> Match:
    return build(knowledge).match(text, language)


def best(match: Match) -> str:
    return match.ranked[0].entry.id
