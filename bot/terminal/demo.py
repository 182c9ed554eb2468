"""`otklik demo`: a sandbox Telegram, its page and our bot on this machine alone."""

import asyncio
import os
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from aiohttp import web

import faq
from bot import logs
from bot.app import serve
from bot.config import Log, Settings
from bot.ending import told_to
from bot.health.watch import Watch
from bot.terminal.showing import ShownDoor
from bot.terminal.speaking import said, terminal_language
from bot.web.health_pages import HealthPages
from locales import Texts
from sandbox import page
from sandbox.page import Cast
from sandbox.wire.server import BotApiServer
from sandbox.world import World

STARTER_FAQ = Path(faq.__file__).with_name("starter.yaml")
PORTS_TO_TRY = 20
DESK = "demo"
COMPONENTS = ("payments", "delivery", "app")


def main(host: str = "127.0.0.1", port: int = 8765, *, open_browser: bool = False) -> None:
    """Play until Ctrl+C; what was played is forgotten."""
    logs.set_up(Log(level="warning"))
    asyncio.run(play(host, port, open_browser=open_browser))


async def play(host: str, port: int, *, open_browser: bool, stop: asyncio.Event | None = None) -> None:
    """Open the sandbox, say where it is, and keep the bot at work in it."""
    world = World()
    cast = page.sample_cast(world)
    watch, door = Watch([DESK], terminal_language()), ShownDoor(host)
    server = await _listening(world, cast, host, port, watch, door)
    try:
        with TemporaryDirectory(prefix="otklik-demo-") as folder:
            typer.echo(said("cli.demo_ready", address=server.url))
            if open_browser:
                webbrowser.open(server.url)
            stop = stop or asyncio.Event()
            with told_to(stop):
                await serve(settings(cast, server.url, Path(folder), door), stop, watch)
    finally:
        await server.stop()


def settings(cast: Cast, api_url: str, folder: Path, door: ShownDoor) -> Settings:
    """What config.toml would say for such a cast."""
    return Settings.model_validate(
        {
            "storage": {"url": f"sqlite:///{folder / 'otklik.db'}"},
            "telegram": {"api_url": api_url},
            "log": {"level": "warning"},
            "web": {"listen": door.listen, "public_url": door.url},
            "desk": {
                DESK: {
                    "token": cast.bot.token,
                    "name": cast.title,
                    "operators_group": cast.group.id,
                    "incident_channel": cast.channel.id,
                    "time_zone": _local_zone(),
                    "managers": [part.account.id for part in cast.of("manager")],
                    "faq": [STARTER_FAQ],
                    "alerts": {"generic": door.token},
                    "components": _components(),
                }
            },
        }
    )


def _components() -> dict[str, dict[str, object]]:
    """The parts of a sample service, in all our languages."""
    texts = Texts()
    return {
        key: {
            "names": {each: texts.plain(f"demo.component.{key}", each) for each in texts.languages},
            "words": texts.plain(f"demo.words.{key}", "ru").split(),
        }
        for key in COMPONENTS
    }


def _local_zone() -> str:
    """The zone of this machine, so that the bot's clock and the browser's agree."""
    _, _, name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
    return os.environ.get("TZ") or name or "UTC"


async def _listening(
    world: World, cast: Cast, host: str, port: int, watch: Watch, door: ShownDoor
) -> BotApiServer:
    """The server on this port, or on the next free one; it also has the pages about the bot's health."""
    pages = HealthPages(watch)
    health = [*pages.routes(), web.get("/page/health", pages.told)]
    for offset in range(PORTS_TO_TRY):
        server = page.serve(
            world,
            cast,
            host=host,
            port=port + offset,
            health=health,
            beside=door.beside(),
            more=door.routes(),
        )
        try:
            await server.start()
        except OSError:
            await server.stop()
        else:
            return server
    raise OSError(said("cli.demo_no_port", first=port, last=port + PORTS_TO_TRY - 1))
