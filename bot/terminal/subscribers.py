"""otklik subscribers: who wants to be told about incidents, from a file and to one."""

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.on_desk import on_desk
from bot.terminal.serving import DEFAULT, ConfigPath
from bot.terminal.speaking import refuse, said

if TYPE_CHECKING:
    from bot.engine.units import Units
    from bot.rooms.desk_rooms import DeskRooms
    from broadcasts.audience.roster import LeftOut, RosterAddress, RosterLine
    from broadcasts.audience.subscriber import ListedSubscriber

AT_ONCE = 500
LARGEST = 100_000_000
HEADER = ("telegram_id", "components", "consented_at", "language", "source")
FromFile = Annotated[Path, typer.Argument(help=said("cli.option.subscribers"), show_default=False)]
ToFile = Annotated[Path, typer.Option("--to", help=said("cli.option.subscribers_to"), show_default=False)]
Address = Annotated[str, typer.Argument(help=said("cli.option.address"), show_default=False)]
DeskOption = Annotated[str | None, typer.Option("--desk", help=said("cli.option.desk"))]


def import_(file: FromFile, config: ConfigPath = DEFAULT, desk: DeskOption = None) -> None:
    """Subscribe everybody in a table who agreed; the bot may be at work meanwhile."""
    text = _text(file)

    async def take(units: "Units") -> tuple[int, int, list["LeftOut"]]:
        from broadcasts.audience.roster import read_roster

        profile = units.profile
        roster = read_roster(
            text, profile.components, profile.texts.languages, profile.zone, datetime.now(UTC)
        )
        taken, also = await _enrol(units, roster.lines)
        addresses = await _keep(units, roster.addresses)
        return taken, addresses, [*roster.left_out, *also]

    taken, addresses, left_out = on_desk(config, desk, take)
    for each in sorted(left_out, key=lambda each: each.line):
        typer.echo(said(f"cli.subscribers.{each.why}", line=each.line, named=each.named))
    if addresses:
        typer.echo(said("cli.subscribers.addresses", n=addresses))
    typer.echo(said("cli.subscribers.imported", taken=taken, left=len({each.line for each in left_out})))


def export(to: ToFile, config: ConfigPath = DEFAULT, desk: DeskOption = None) -> None:
    """Write everybody who wants to be told, with since when, to a table for its owner only."""
    if to.exists():
        raise refuse([said("cli.file_exists", path=to)])

    async def read(units: "Units") -> list["ListedSubscriber"]:
        found: list[ListedSubscriber] = []
        while portion := await _after(units, found[-1].subscriber.customer_id if found else 0):
            found += portion
        return found

    found = on_desk(config, desk, read)
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(HEADER)
        table.writerows(map(_row, found))
    typer.echo(said("cli.subscribers.exported", many=len(found), path=to))


def withdraw(address: Address, config: ConfigPath = DEFAULT, desk: DeskOption = None) -> None:
    """End letters to an address whose owner has asked for it; the bot may be at work meanwhile."""
    from desk.letters.letter import BackupAddress

    try:
        at = BackupAddress.parse(address if ":" in address else f"email:{address}")
    except ValueError:
        raise refuse([said("config.backup_address")]) from None

    async def end(units: "Units") -> None:
        await units.write(lambda rooms: rooms.stores.addresses.withdraw(at, rooms.now))

    on_desk(config, desk, end)
    typer.echo(said("cli.subscribers.withdrawn", address=at.address))


def commands() -> typer.Typer:
    """The commands under `otklik subscribers`."""
    app = typer.Typer(help=said("cli.subscribers"), no_args_is_help=True, rich_markup_mode=None)
    app.command("import", help=said("cli.subscribers.import"))(import_)
    app.command("export", help=said("cli.subscribers.export"))(export)
    app.command("withdraw", help=said("cli.subscribers.withdraw"))(withdraw)
    return app


async def _enrol(units: "Units", lines: Sequence["RosterLine"]) -> tuple[int, list["LeftOut"]]:
    """A portion to a transaction, so that nobody waits long behind it; said again it goes on."""
    taken, left_out = 0, list["LeftOut"]()
    for start in range(0, len(lines), AT_ONCE):
        some, others = await units.write(partial(_enrolled, lines[start : start + AT_ONCE]))
        taken += some
        left_out += others
    return taken, left_out


async def _keep(units: "Units", given: Sequence["RosterAddress"]) -> int:
    """Addresses, a portion to a transaction."""
    kept = 0
    for start in range(0, len(given), AT_ONCE):
        kept += await units.write(partial(_kept, given[start : start + AT_ONCE]))
    return kept


def _kept(given: Sequence["RosterAddress"], rooms: "DeskRooms") -> int:
    return rooms.audience.address_enrolling.take(given)


def _enrolled(lines: Sequence["RosterLine"], rooms: "DeskRooms") -> tuple[int, Sequence["LeftOut"]]:
    return rooms.audience.enrolling.enrol(lines)


async def _after(units: "Units", customer_id: int) -> Sequence["ListedSubscriber"]:
    return await units.look(lambda rooms: rooms.stores.subscribers.after(customer_id, AT_ONCE))


def _text(file: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        if file.stat().st_size <= LARGEST:
            return file.read_text("utf-8-sig")
    raise refuse([said("cli.subscribers.unreadable", path=file)])


def _row(each: "ListedSubscriber") -> Sequence[object]:
    wanted = each.subscriber
    components = "" if wanted.wants_all else ";".join(sorted(wanted.components))
    consented = wanted.consented_at.astimezone(UTC).isoformat(timespec="seconds")
    return each.telegram_id, components, consented, each.language or "", wanted.source.value
