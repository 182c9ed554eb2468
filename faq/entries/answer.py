"""Answers as templates: checked when the knowledge base is read, filled in for one customer."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from faq.entries import telegram_html
from faq.entries.entry import Entry
from faq.entries.problem import Finding, ProblemKind

if TYPE_CHECKING:
    from jinja2 import Template, nodes
    from jinja2.sandbox import SandboxedEnvironment

CUSTOMER_FIELDS = ("first_name", "last_name", "full_name", "username", "language")

_LONGEST_NAME = "x" * 64
_ALLOWED = frozenset(
    [
        "Template",
        "Output",
        "TemplateData",
        "Const",
        "If",
        "CondExpr",
        "Compare",
        "Operand",
        "And",
        "Or",
        "Not",
        "Filter",
        "Keyword",
    ],
)
_FILTERS = frozenset(["default", "upper", "lower", "title", "capitalize", "trim"])


def render(entry: Entry, language: str, customer: Mapping[str, str]) -> str:
    """The answer as Telegram HTML. A detail we do not know about the customer is left blank."""
    return fill_in(entry.answer_in(language), customer)


def fill_in(text: str, customer: Mapping[str, str]) -> str:
    if not _is_template(text):
        return text.strip()
    known = {name: customer.get(name, "") for name in CUSTOMER_FIELDS}
    return _template(text).render(customer=known).strip()


def check(text: str) -> list[Finding]:
    """Everything that would keep this answer from reaching a customer as it was meant."""
    if not _is_template(text):
        return _check_rendered(text)
    from jinja2 import TemplateSyntaxError

    try:
        tree = _environment().parse(text)
        return list(dict.fromkeys(_forbidden(tree))) or _check_rendered(text)
    except TemplateSyntaxError as error:
        return [
            Finding(ProblemKind.TEMPLATE_SYNTAX, {"reason": error.message or "unreadable"}, error.lineno - 1)
        ]
    except (RecursionError, SyntaxError):
        return [Finding(ProblemKind.TEMPLATE_SYNTAX, {"reason": "too many parts inside each other"})]


def _is_template(text: str) -> bool:
    return "{" in text


def _check_rendered(text: str) -> list[Finding]:
    """Conditions ask whether a detail is known, so it is tried with all of them and with none."""
    findings: list[Finding] = []
    for value in (_LONGEST_NAME, ""):
        rendered = fill_in(text, dict.fromkeys(CUSTOMER_FIELDS, value))
        findings += telegram_html.check(rendered)
        if not telegram_html.plain(rendered):
            findings.append(Finding(ProblemKind.EMPTY_TEXT, {"key": "answer"}))
    return list(dict.fromkeys(findings))


def _forbidden(node: "nodes.Node") -> Iterator[Finding]:
    """A short list of what is allowed keeps a template from running long or looking around."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        if node.node.name != "customer" or node.attr not in CUSTOMER_FIELDS:
            yield _unknown(f"{node.node.name}.{node.attr}")
        return
    if isinstance(node, nodes.Name):
        yield _unknown(node.name)
    elif isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        yield _feature(node.name)
    elif type(node).__name__ not in _ALLOWED:
        yield _feature(type(node).__name__.lower())
    for child in node.iter_child_nodes():
        yield from _forbidden(child)


def _feature(name: str) -> Finding:
    return Finding(ProblemKind.TEMPLATE_FEATURE, {"feature": name})


def _unknown(name: str) -> Finding:
    known = ", ".join(f"customer.{field}" for field in CUSTOMER_FIELDS)
    return Finding(ProblemKind.UNKNOWN_VARIABLE, {"name": name, "known": known})


@lru_cache(maxsize=1)
def _environment() -> "SandboxedEnvironment":
    """Jinja2 takes a tenth of a second to import, which commands that answer nothing need not pay."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, cache_size=0)


@lru_cache(maxsize=1024)
def _template(text: str) -> "Template":
    return _environment().from_string(text)
