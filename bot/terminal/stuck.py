"""otklik stuck: what stands aside, for whoever sits at the terminal, whether the bot runs or not."""

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.terminal.on_desk import on_desk
from bot.terminal.serving import DEFAULT, ConfigPath
from bot.terminal.speaking import refuse, said, terminal_language

if TYPE_CHECKING:
    from bot.engine.units import Units
    from bot.rooms.desk_rooms import DeskRooms
    from storage.stuck import StuckRow

T = TypeVar("T")
MOST = 50
AT_ONCE = 500
"""So many go back in one transaction: the bot may be at work meanwhile."""

DeskOption = Annotated[str | None, typer.Option("--desk", help=said("cli.option.desk"))]
Name = Annotated[str, typer.Argument(help=said("cli.option.stuck"))]


def list_(
    config: ConfigPath = DEFAULT,
    desk: DeskOption = None,
    *,
    most: Annotated[int, typer.Option("--most", min=1, help=said("cli.option.stuck_most"))] = MOST,
) -> None:
    """List what stands aside, newest first."""

    def look(rooms: "DeskRooms") -> list[str]:
        stuck, count = rooms.stores.stuck, rooms.stores.stuck.count()
        lines = [_line(rooms, item) for item in stuck.newest(most)]
        if count > len(lines):
            lines.append(said("cli.stuck.more", shown=len(lines), n=count))
        return lines or [said("cli.stuck.nothing")]

    _echo(on_desk(config, desk, lambda units: units.look(look)))


def show(name: Name, config: ConfigPath = DEFAULT, desk: DeskOption = None) -> None:
    """Show one of them whole."""

    def look(rooms: "DeskRooms") -> list[str] | None:
        item = rooms.stores.stuck.get(name)
        if item is None:
            return None
        says = rooms.managers.stuck_words.says(item)
        return [_line(rooms, item), *([item.error] if item.error else ()), *([says] if says else ())]

    found = on_desk(config, desk, lambda units: units.look(look))
    if found is None:
        raise refuse([said("cli.stuck.unknown", name=name)])
    _echo(found)


def retry(
    names: Annotated[
        list[str] | None, typer.Argument(help=said("cli.option.stuck"), show_default=False)
    ] = None,
    config: ConfigPath = DEFAULT,
    desk: DeskOption = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help=said("cli.option.stuck_all"))] = False,
) -> None:
    """Try again: a bot at work does it at once, another at its next start."""
    if bool(names) == all_:
        raise refuse([said("cli.stuck.which")])

    async def write(units: "Units") -> list[str] | int:
        if names:
            return await units.write(lambda rooms: [each for each in names if not rooms.way_back.retry(each)])
        done = 0
        while some := await units.write(lambda rooms: rooms.way_back.retry_all(AT_ONCE)):
            done += some
        return done

    done = on_desk(config, desk, write)
    unknown = done if isinstance(done, list) else []
    count = done if isinstance(done, int) else len(names or ()) - len(unknown)
    if count or not unknown:
        typer.echo(said("cli.stuck.retried", n=count))
    if unknown:
        raise refuse(said("cli.stuck.unknown", name=each) for each in unknown)


def drop(name: Name, config: ConfigPath = DEFAULT, desk: DeskOption = None) -> None:
    """Drop one for good; whoever waits for it hears so."""
    if not on_desk(config, desk, lambda units: units.write(lambda rooms: rooms.way_back.drop(name))):
        raise refuse([said("cli.stuck.unknown", name=name)])
    typer.echo(said("cli.stuck.dropped", name=name))


def commands() -> typer.Typer:
    """The commands under `otklik stuck`."""
    app = typer.Typer(help=said("cli.stuck"), no_args_is_help=True, rich_markup_mode=None)
    for name, command in (("list", list_), ("show", show), ("retry", retry), ("drop", drop)):
        app.command(name, help=said(f"cli.stuck.{name}"))(command)
    return app


def _line(rooms: "DeskRooms", item: "StuckRow") -> str:
    words, language = rooms.managers.stuck_words, terminal_language()
    facts = {"when": words.when(item, language), "what": words.title(item, language)}
    return said("cli.stuck.line", name=item.name, why=words.why(item, language), **facts)


def _echo(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line)
