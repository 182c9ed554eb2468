"""How often an ordinary question is taken for one about a live incident of payments, on public labelled sets.

Run it as `PYTHONPATH=. python tests/benches/known_incident.py --data FOLDER`: the folder of `make bench-faq`.
Which intents count as trouble was chosen while looking at what was caught, and so were some of the matcher's
words: nothing here is held out.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from broadcasts.audience.matching import concerns
from tests.benches.matching.cases import VARIABLE
from tests.unit_broadcasts.test_matching import INCIDENT, PAYMENTS

SETS = ("banking77_en", "clinc150_en", "koziev_questions_ru", "hass_ru")
HEARD = "declined_card_payment"
FAILING = {
    "balance_not_updated_after_bank_transfer",
    "balance_not_updated_after_cheque_or_cash_deposit",
    "beneficiary_not_allowed",
    "card_declined",
    "card_not_working",
    "card_swallowed",
    "contactless_not_working",
    "damaged_card",
    "declined_card_payment",
    "declined_cash_withdrawal",
    "declined_transfer",
    "failed_transfer",
    "pending_card_payment",
    "pending_cash_withdrawal",
    "pending_top_up",
    "pending_transfer",
    "reverted_card_payment?",
    "top_up_failed",
    "top_up_reverted",
    "transaction_charged_twice",
    "transfer_not_received_by_recipient",
    "virtual_card_not_working",
}
"""Intents of which each question may well be about payments that fail."""


def labelled(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """The questions of a set with their intents."""
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            yield said["text"], said["intent"]


def say(name: str, what: str, texts: Sequence[str]) -> None:
    """A line with how many of them are taken for a question about the incident."""
    taken = sum(concerns((PAYMENTS,), INCIDENT, text) for text in texts)
    if texts:
        sys.stdout.write(f"{name} {what}: {taken} of {len(texts)} ({100 * taken / len(texts):.2f} %)\n")


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get(VARIABLE))
    folder = parser.parse_args().data
    for name in SETS:
        said = list(labelled(Path(folder), name))
        say(name, "ordinary, caught", [text for text, intent in said if intent not in FAILING])
        trouble = [text for text, intent in said if intent in FAILING]
        say(name, "about failing payments, heard", trouble)
        say(name, f"{HEARD}, heard", [text for text, intent in said if intent == HEARD])


if __name__ == "__main__":
    main()
