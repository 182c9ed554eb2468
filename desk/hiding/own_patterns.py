"""Looks at a regular expression before a desk may hide by it what people write."""

import re
from time import thread_time

from desk.hiding.secret_words import words

LONGEST = 300
ORDINARY = tuple(words("ordinary"))
"""What every desk hears; a pattern that hides all letters or all digits of one would hide everything."""
_SECONDS = 0.2
"""More than a hundred times what a harmless pattern needs for the longest message."""
_LENGTHS = (*range(8, 33, 2), 64, 96, 144, 216, 324, 486, 729, 1093, 1640, 2460, 4096)
_REPEATED = re.compile(r"[*+]|\{\d*,\d*\}")


def objection(pattern: str) -> str | None:
    """Why the pattern is not taken: "broken", hiding "everything", perhaps "slow"; None if it is well."""
    try:
        known = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        return "broken"
    if len(pattern) > LONGEST or _repeats_repeats(pattern) or _takes_long(known):
        return "slow"
    return "everything" if known.search("") or _hides_everything(known) else None


def _hides_everything(known: re.Pattern[str]) -> bool:
    for text in ORDINARY:
        hidden = {place for found in known.finditer(text) for place in range(*found.span())}
        for is_such in (str.isalpha, str.isdigit):
            such = {place for place, each in enumerate(text) if is_such(each)}
            if such and len(such & hidden) * 2 > len(such):
                return True
    return False


def _repeats_repeats(pattern: str) -> bool:
    """Whether a group that may be repeated has repeats or alternatives in it, as in (a+)+ and (a|ab)*."""
    bare = re.sub(r"\\.", "x", pattern, flags=re.DOTALL)
    bare = re.sub(r"\[\^?\]?[^\]]*\]", "x", bare)
    open_groups, place = [False], 0
    while place < len(bare):
        repeat = _REPEATED.match(bare, place)
        if bare[place] == "(":
            open_groups.append(False)
        elif bare[place] == ")" and len(open_groups) > 1:
            inner = open_groups.pop()
            open_groups[-1] = open_groups[-1] or inner
            if inner and _REPEATED.match(bare, place + 1):
                return True
        elif repeat or bare[place] == "|":
            open_groups[-1] = True
        place += 1
    return False


def _takes_long(known: re.Pattern[str]) -> bool:
    """Whether texts of the pattern's own letters, each longer than the last, soon need too long."""
    letters = dict.fromkeys(each for each in known.pattern if each.isalnum() or each in " -.:")
    begun = re.match(r"[\w :-]*", known.pattern)
    beginning = begun[0] if begun else ""
    for each in [*letters, "a", "1", " ", "1 ", "a ", "-"][:60]:
        for length in _LENGTHS:
            start = thread_time()
            known.search(beginning + each * length + "\n!")
            if thread_time() - start > _SECONDS:
                return True
    return False
