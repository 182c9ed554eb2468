"""Fills the templates of pages: sandboxed, everything that comes from outside escaped, no script anywhere."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from bot.web.pages.kept_page import KeptPage

if TYPE_CHECKING:
    from jinja2 import Environment

HOME = Path(__file__).parent


@cache
def style() -> str:
    """The one style sheet, which stands in every page."""
    return (HOME / "style.css").read_text("utf-8")


@cache
def policy(form: str = "'none'") -> str:
    """What a browser may load for a page: this style and nothing else; and where its form may lead."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    framed = "" if form == "'none'" else "; frame-ancestors 'none'"  # nobody presses what they cannot see
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action {form}{framed}"


@cache
def templates() -> "Environment":
    """Where the templates are; an undefined name in one is an error."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(HOME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html_page(template: str, **given: object) -> KeptPage:
    """A whole page."""
    from markupsafe import Markup

    css = Markup(style())  # noqa: S704 - our own file
    body = templates().get_template(template).render(style=css, **given).encode()
    return KeptPage.of(
        body,
        "text/html; charset=utf-8",
        Content_Security_Policy=policy(),
        Referrer_Policy="no-referrer",
        Vary="Accept-Language",
    )
