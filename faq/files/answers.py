"""Answers as somebody else wrote them, made fit for Telegram; what became of them is said on the page."""

import html
import re
from collections.abc import Container

from faq.entries import answer, telegram_html
from faq.entries.html_tree import KNOWN
from faq.entries.problem import Finding, ProblemKind
from faq.entries.remark import RemarkKind
from faq.entries.simpler_html import SimplerHtml, simpler, tags
from faq.files.page import Page

_OPENS_TEMPLATE = re.compile(r"\{[{%#]")
_FOREIGN = frozenset([ProblemKind.HTML_TAG, ProblemKind.HTML_ENTITY])
_TEMPLATE = frozenset(
    [ProblemKind.TEMPLATE_SYNTAX, ProblemKind.TEMPLATE_FEATURE, ProblemKind.UNKNOWN_VARIABLE]
)
_LENGTH = frozenset([ProblemKind.TOO_LONG])


def foreign(text: str, findings: list[Finding]) -> bool:
    """Whether what is wrong with an answer is that it is written in more of HTML than Telegram has."""
    kinds = {finding.kind for finding in findings}
    named = tags(text)
    return bool(kinds & _FOREIGN) and named <= KNOWN | {"tg-spoiler", "tg-emoji", "tg-time"}


def for_telegram(page: Page, line: int, entry: str, text: str) -> str:
    """An answer that may be in any HTML, or no HTML at all: simplified, or else taken at its letter."""
    wrong = {finding.kind for finding in answer.check(text)} - _LENGTH
    if not wrong:
        return text
    if not telegram_html.check(text):
        page.remark(line, entry, RemarkKind.SIGNS_KEPT)
        return _at_its_letter(text)
    named = tags(text) & KNOWN
    if named or ProblemKind.HTML_ENTITY in wrong:
        made = simpler(text)
        if not {finding.kind for finding in answer.check(made.text)} - _LENGTH:
            tell(page, line, entry, made)
            return made.text
    if named or wrong & _TEMPLATE:
        page.remark(line, entry, RemarkKind.AS_PLAIN)
    return _at_its_letter(simpler(text).text if named else html.escape(html.unescape(text), quote=False))


def tell(page: Page, line: int, entry: str, made: SimplerHtml, *, usual: Container[str] = ()) -> None:
    """Say what was simplified and what was left out, but for `usual` elements that lose nothing."""
    counted = [(name, count) for name, count in sorted((+made.simplified).items()) if name not in usual]
    if counted:
        what = ", ".join(f"<{name}> × {count}" for name, count in counted)
        page.remark(line, entry, RemarkKind.SIMPLIFIED, what=what, n=sum(count for _, count in counted))
    for what in made.left_out:
        page.remark(line, entry, RemarkKind.LEFT_OUT, what=what)


def _at_its_letter(escaped: str) -> str:
    """Signs that begin a template, as signs."""
    return _OPENS_TEMPLATE.sub(lambda sign: f'{{{{ "{sign[0]}" }}}}', escaped)
