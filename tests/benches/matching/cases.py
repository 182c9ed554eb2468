"""What is asked: a knowledge base and labelled questions, from public sets or from our own."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.files.loading import load_knowledge
from faq.judging.labelled import OUT_OF_SCOPE, Labelled, read_questions

ROOT = Path(__file__).parents[3]
PROVIDER = Path(__file__).parent / "provider"
VARIABLE = "OTKLIK_FAQ_DATA"
SHOTS, REPEATS, SEED = (3, 5, 10), 5, 0
SEEN = 1000
"""So many everyday questions are learned from."""


@dataclass(frozen=True)
class Case:
    """One knowledge base and the questions put to it."""

    name: str
    language: str
    knowledge: Knowledge
    rows: tuple[Labelled, ...]


@dataclass(frozen=True)
class PublicSet:
    """A published set of labelled questions."""

    name: str
    title: str
    file: str
    language: str
    source: str
    licence: str


BANKING = PublicSet(
    "banking77", "Banking77", "banking77_en.jsonl", "en", "PolyAI task-specific-datasets", "CC BY 4.0"
)
CLINC = PublicSet("clinc150", "CLINC150", "clinc150_en.jsonl", "en", "clinc/oos-eval", "CC BY 3.0")
HOME = PublicSet(
    "home", "Home Assistant intents (ru)", "hass_ru.jsonl", "ru", "home-assistant/intents", "CC BY 4.0"
)
EVERYDAY = PublicSet(
    "everyday", "Everyday questions (ru)", "koziev_questions_ru.jsonl", "ru", "Koziev/NLP_Datasets", "CC0"
)
LEARNABLE = (BANKING, CLINC, HOME)
PUBLIC = (*LEARNABLE, EVERYDAY)


def data_folder(named: Path | None = None) -> Path | None:
    """Where the public sets are: as named, else by the environment, else beside the checkout; or nowhere."""
    if named or os.environ.get(VARIABLE):
        return named or Path(os.environ[VARIABLE])
    beside = ROOT.parent / "shared" / "faq"
    return beside if beside.is_dir() else None


def missing(folder: Path | None) -> list[str]:
    """The public sets that cannot be measured, by their titles."""
    return [one.title for one in PUBLIC if folder is None or not (folder / one.file).is_file()]


def few_shots(public: PublicSet, folder: Path, shots: int, seed: int) -> Case | None:
    """So many phrasings an entry, drawn by lot, and every test question; None without the set.

    A set without a part for testing is asked what was not drawn; intents with too few phrasings are left out.
    """
    path = folder / public.file
    if not path.is_file():
        return None
    lot = Random(seed)
    known: dict[str, list[str]] = defaultdict(list)
    rows: list[Labelled] = []
    for row, role in read(path):
        if role.startswith(("test", "oos_test")):
            rows.append(row)
        elif row.intent != OUT_OF_SCOPE and role in ("train", ""):
            known[row.intent].append(row.text)
    drawn = {intent: lot.sample(texts, len(texts)) for intent, texts in known.items() if len(texts) > shots}
    if not rows:
        rest = {intent: texts[shots:] for intent, texts in drawn.items()}
        rows = [Labelled(text, intent) for intent, texts in rest.items() for text in texts]
    return Case(public.name, public.language, base({i: t[:shots] for i, t in drawn.items()}), tuple(rows))


def provider() -> Case:
    """Our own set: the whole knowledge base and all its questions."""
    rows = read_questions(PROVIDER / "questions.jsonl")
    return Case("provider", "ru", load_knowledge([PROVIDER / "faq.yaml"]), tuple(rows))


def strangers(folder: Path) -> list[Case]:
    """Everyday questions put to our provider and to the shop we ship, which can answer none of them.

    Those that a fit or the matcher itself has seen are left out.
    """
    path = folder / EVERYDAY.file
    if not path.is_file():
        return []
    rows = tuple(replace(row, intent=OUT_OF_SCOPE) for row, _ in list(read(path))[SEEN:])
    shop = load_knowledge([ROOT / "faq" / "starter.yaml"])
    return [
        Case(f"{EVERYDAY.name} to the provider", "ru", provider().knowledge, rows),
        Case(f"{EVERYDAY.name} to the shop", "ru", shop, rows),
    ]


def base(phrasings: Mapping[str, Sequence[str]]) -> Knowledge:
    """A knowledge base of bare phrasings by intent; the first is the question."""
    return Knowledge(
        tuple(
            Entry(
                id=intent,
                category={},
                question={ANY: texts[0]},
                phrasings={ANY: tuple(texts[1:])} if texts[1:] else {},
                answer={ANY: intent},
            )
            for intent, texts in phrasings.items()
        )
    )


def read(path: Path) -> Iterator[tuple[Labelled, str]]:
    """The rows of a public set, each with its part: train, test and the like, or nothing."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(row["text"], row["intent"]), row.get("role", "")
