"""Who may publish (decision 60), written down a second time: over rows, and with nothing of ours but them."""

from dataclasses import dataclass
from typing import NamedTuple

RIGHTS = {
    "nobody": "",
    "draft": "draft",
    "publish": "draft publish",
    "approve": "draft publish approve",
    "manager": "draft publish approve",
}
"""What each role allows; whoever lost a role is nobody."""
ACTIONS = (
    *("publish", "submit", "takeback", "approve", "decline", "reject", "glass"),
    *("change", "color", "cancel"),
)
"""Presses on a draft or on what was submitted."""
STEPS = frozenset({"update", "resolve", "correct", "retract", "review"})
"""Presses on an incident, which begin a draft."""
OTHERS = frozenset({"approve", "decline", "reject"})
PUBLIC = frozenset({"publish", "glass", "more"})
HOUR = 3_600_000


class Row(NamedTuple):
    """A draft, or one that was submitted at a time."""

    author: int
    chat: int
    token: str
    kind: str
    incident: int | None
    severity: str | None
    text: str | None
    title: str | None
    asking: str | None
    began: int
    submitted: int | None


class Told(NamedTuple):
    """A published notice."""

    incident: int
    severity: str
    text: str
    author: int
    token: str


@dataclass(frozen=True)
class State:
    """All that an act may depend on; of each person's drafts in a chat the one that hears words is first.

    `glass`: the tokens for which a reason is asked.
    """

    drafts: tuple[Row, ...]
    submissions: tuple[Row, ...]
    notices: tuple[Told, ...]
    live: frozenset[int]
    glass: frozenset[str]
    now: int

    def draft(self, token: str) -> Row | None:
        return next((each for each in self.drafts if each.token == token), None)

    def submission(self, token: str) -> Row | None:
        return next((each for each in self.submissions if each.token == token), None)

    def slot(self, author: int, chat: int) -> Row | None:
        """What somebody's words in a chat go to."""
        return next((each for each in self.drafts if (each.author, each.chat) == (author, chat)), None)

    def told(self, incident: int | None) -> list[Told]:
        return [each for each in self.notices if each.incident == incident]


class Act(NamedTuple):
    """A press on what has the token, or words; by somebody who has the role just now, in a chat."""

    what: str
    who: int
    role: str
    chat: int
    token: str = ""

    def may(self, right: str) -> bool:
        return right in RIGHTS[self.role].split()


class Shown(NamedTuple):
    """What stood above a token's buttons, and how many notices its incident had then."""

    text: str
    told: int


@dataclass(frozen=True)
class Rules:
    """The rules for one setting of `two_person`."""

    two_person: str

    def admits(self, before: State, act: Act) -> bool:
        """Whether the act is for people with this role."""
        if act.what == "waits":
            return True
        if act.what in OTHERS:
            return act.may(self._deciding(before, before.submission(act.token)))
        return act.may("publish" if act.what in PUBLIC else "draft")

    def publishes(self, before: State, act: Act, shown: dict[str, Shown]) -> str | None:
        """The token of what the act has to publish; None if it must publish nothing."""
        draft, waiting = before.draft(act.token), before.submission(act.token)
        if act.what == "publish" and draft is not None and act.may("publish"):
            return draft.token if self._fit(before, draft, shown) and not self._two(before, draft) else None
        if act.what == "approve" and waiting is not None and act.may(self._deciding(before, waiting)):
            own = self._two(before, waiting) and waiting.author == act.who
            return waiting.token if self._fit(before, waiting, shown) and not own else None
        if act.what == "more" and act.may("publish"):
            return self._more(before, *map(int, act.token.split(":")))
        written = before.slot(act.who, act.chat)
        if act.what == "writes" and written is not None and written.asking == "glass" and act.may("publish"):
            fits = self._fit(before, written, shown) and before.now - written.began <= HOUR
            return written.token if fits and written.token in before.glass else None
        return None

    def settles(self, before: State, act: Act, row: Row) -> bool:
        """Whether the act may take what was submitted from those who decide."""
        decides, about = act.may(self._deciding(before, row)), act.token == row.token
        if act.what == "takeback":
            return about and act.who == row.author and act.may("draft")
        if act.what == "writes":
            written = before.slot(act.who, act.chat)
            asked = written is not None and written.asking == "why" and written.title == row.token
            return asked and decides
        return act.what == "waits" or (act.what in OTHERS and about and decides)

    def _deciding(self, before: State, row: Row | None) -> str:
        return "approve" if row is not None and self._two(before, row) else "publish"

    def _more(self, before: State, incident: int, seen: int) -> str | None:
        """That work goes on is said by one press, if nothing was said since and it takes no second person."""
        told = before.told(incident)
        fits = incident in before.live and len(told) == seen
        return f"more:{incident}:{seen}" if fits and not self._counts(told[-1].severity, told) else None

    def _two(self, before: State, row: Row) -> bool:
        return self._counts(row.severity, before.told(row.incident))

    def _counts(self, severity: str | None, told: list[Told]) -> bool:
        red = "red" in {severity, *(each.severity for each in told[-1:])}
        if red and not told:
            return False
        return self.two_person == "always" or (self.two_person == "red" and red)

    def _fit(self, before: State, row: Row, shown: dict[str, Shown]) -> bool:
        """Whether it is whole, still true, and not too old to be decided on."""
        if row.severity is None or row.text is None or row.token not in shown:
            return False
        if row.submitted is not None and before.now - row.submitted >= HOUR:
            return False
        if row.incident is None:
            return True
        goes_on = (row.incident in before.live) is not (row.kind == "reviewed")
        return goes_on and len(before.told(row.incident)) == shown[row.token].told
