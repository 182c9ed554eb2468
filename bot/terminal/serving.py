"""run, check and demo. What speaks to Telegram is imported only when it is about to."""

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.ending import ending
from bot.terminal.loading import broken_lines, encoder_lines, glossary_lines, load_settings
from bot.terminal.speaking import refuse, said, terminal_language, texts

if TYPE_CHECKING:
    from bot.config import Settings

ConfigPath = Annotated[Path, typer.Option("--config", help=said("cli.option.config"))]
DEFAULT = Path("config.toml")


def run(config: ConfigPath = DEFAULT) -> None:
    """Serve every desk until told to stop."""
    settings = load_settings(config)
    end_well()
    gc.disable()  # an import leaves no garbage, and what it makes stays: collections need not look at it
    from bot import logs
    from bot.terminal.models_at_need import import_aiogram

    import_aiogram()
    from bot.app import serve_until_told
    from bot.health.watch import Watch

    collect_seldom()
    logs.set_up(settings.log)
    _runner()(serve_until_told(settings, Watch(settings.desk, terminal_language())))


def collect_seldom() -> None:
    """A message makes hundreds of objects, and hardly any in a circle; what is here by now stays."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def _runner() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Uvloop carries half as many messages again a second; where there is none, asyncio does."""
    if find_spec("uvloop") is None:
        return asyncio.run
    import uvloop

    return uvloop.run


def check(
    config: ConfigPath = DEFAULT,
    *,
    online: Annotated[bool, typer.Option("--online", help=said("cli.option.online"))] = False,
) -> None:
    """Check the file, its knowledge bases and, if wanted, what there is in Telegram."""
    from bot.config.remarks import remarks

    settings = load_settings(config)
    lines, encoders = [], []
    for name, desk in settings.desk.items():
        lines += [f"desk.{name}.faq: {line}" for line in broken_lines(desk.faq)]
        lines += [f"desk.{name}.glossary: {line}" for line in glossary_lines(desk.glossary)]
        if desk.semantic is not None:
            found, wrong = encoder_lines(desk.semantic)
            lines += [f"desk.{name}.semantic: {line}" for line in wrong]
            encoders += [f"desk.{name}.semantic: {line}" for line in found]
    for remark in remarks(settings):
        typer.echo(said("cli.remark", remark=remark.line(texts, terminal_language())), err=True)
    lines += _storage(settings)
    if online:
        lines += _online(settings)
    if lines:
        raise refuse(lines)
    for line in encoders:
        typer.echo(line)
    typer.echo(said("cli.check_passed", path=config))


def demo(
    port: Annotated[int, typer.Option("--port", help=said("cli.option.port"))] = 8765,
    *,
    browser: Annotated[bool, typer.Option("--open", help=said("cli.option.open"))] = False,
) -> None:
    """Play with everything on this machine alone."""
    end_well()
    from bot.terminal.models_at_need import import_aiogram

    import_aiogram()
    from bot.terminal.demo import main

    main(port=port, open_browser=browser)


def end_well() -> None:
    """Make being stopped while still starting a clean end: there is nothing to tidy up yet."""

    def leave(*_: object) -> None:
        raise SystemExit(0)

    for number in ending():
        signal.signal(number, leave)


def _storage(settings: "Settings") -> list[str]:
    from bot.redaction import without_tokens
    from storage.keeping.soundness import flaws_of

    lines = []
    for flaw in asyncio.run(flaws_of(settings.storage.url)):
        line = f"storage.url: {without_tokens(said(flaw.text, **flaw.params))}"
        if flaw.remark:
            typer.echo(said("cli.remark", remark=line), err=True)
        else:
            lines.append(line)
    return lines


def _online(settings: "Settings") -> list[str]:
    from bot.terminal.models_at_need import import_aiogram

    import_aiogram()
    from bot.channels.check import check_channels
    from bot.telegram.check import check_online

    found = asyncio.run(check_online(settings))
    channels = asyncio.run(check_channels(settings))
    for route in found.routes:
        typer.echo(route.line(texts, terminal_language()))
    for remark in found.remarks:
        typer.echo(said("cli.remark", remark=remark.line(texts, terminal_language())), err=True)
    return [problem.line(texts, terminal_language()) for problem in (*found.problems, *channels)]
