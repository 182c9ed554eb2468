"""Longer texts: Jinja2 templates, sandboxed, where an undefined name is an error."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

HOME = Path(__file__).parent / "templates"
SUFFIX = ".j2"


@cache
def keys(language: str) -> frozenset[str]:
    """Every template of the language by its key."""
    return frozenset(path.name.removesuffix(SUFFIX) for path in (HOME / language).glob(f"*{SUFFIX}"))


@cache
def template(key: str, language: str, *, html: bool) -> "Template":
    """Compile one template; with html every value put into it is escaped."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(HOME / language),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(key + SUFFIX)


def fill(key: str, language: str, params: dict[str, object], *, html: bool, say: Callable[..., str]) -> str:
    """Fill a template; inside it `say("key", n=5)` brings a short text of the same language."""
    return template(key, language, html=html).render(say=say, **params)
