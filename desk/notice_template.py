"""A ready text of a notice, as the configuration has it: Jinja2 in a sandbox, with a few names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

KNOWN = ("company", "components", "now", "started", "next_by")
"""What a text may name: the company, what is affected, the time, when it began, and when news is promised."""
LONGEST = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTemplate:
    """A ready text; `texts` are by language, `minutes` until the next notice that it promises, 0 for none.

    `status` is the incident's after it, and says for which step it is meant; empty: it leaves the status.
    """

    id: str
    title: str
    severity: str
    status: str = ""
    components: tuple[str, ...] = ()
    minutes: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)

    def filled(self, language: str, known: Mapping[str, str]) -> str:
        """The text as Telegram HTML, what is put into it escaped; empty if it cannot be filled with that."""
        try:
            return _template(self.text(language)).render({**dict.fromkeys(KNOWN, ""), **known}).strip()
        except _broken():
            return ""

    def text(self, language: str) -> str:
        """The text of a language, else of the first there is."""
        return self.texts.get(language) or next(iter(self.texts.values()), "")


def objection(text: str) -> str | None:
    """Why a text can be no template, in Jinja2's words; None if it can."""
    try:
        said = [_template(text).render(dict.fromkeys(KNOWN, value)) for value in ("", "x", "12:30")]
    except _broken() as error:
        return str(error) or type(error).__name__
    longest = max(map(len, said))
    return None if longest <= LONGEST else f"{longest} > {LONGEST}"


def _broken() -> tuple[type[Exception], ...]:
    from jinja2 import TemplateError

    return TemplateError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError


@lru_cache(maxsize=256)
def _template(text: str) -> "Template":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined).from_string(text)
