"""`python -m sandbox`: a Telegram of one's own on loopback, worked from other processes."""

import argparse
import asyncio
import json
import signal
import sys

from sandbox.accounts import Json
from sandbox.page import Cast, Page, Part
from sandbox.people import Manager, Operator
from sandbox.remote import Remote
from sandbox.remote.troupe import Person, Troupe
from sandbox.wire.server import BotApiServer
from sandbox.world import World


def main() -> None:
    asyncio.run(serve(arguments()))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=1, metavar="N", help="customer-1 … customer-N")
    parser.add_argument("--bot", default="support_bot", metavar="USERNAME")
    parser.add_argument("--plain-group", action="store_true", help="operators without topics")
    parser.add_argument("--no-limits", action="store_true", help="no pace to keep")
    parser.add_argument("--lenient", action="store_true", help="ignore unknown parameters, and log them")
    return parser.parse_args()


async def serve(options: argparse.Namespace) -> None:
    """Serve until told to stop; the first line of output is a JSON object saying where and who."""
    world = World(options.seed)

    def anew() -> Json:
        about, cast = furnish(world, remote.troupe, options)
        page.begin_anew(cast)
        return about

    remote = Remote(world, anew)
    about, cast = furnish(world, remote.troupe, options)
    page = Page(world, cast)
    remote.troupe.on_enter = lambda person: page.enter(part_of(page.cast, person))
    stopped = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    server = BotApiServer(world, port=options.port, routes=[*remote.routes(), *page.routes()])
    server.app.on_shutdown.append(page.close)
    async with server:
        sys.stdout.write(json.dumps({"url": server.url, **about}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        await stopped.wait()


def furnish(world: World, troupe: Troupe, options: argparse.Namespace) -> tuple[Json, Cast]:
    """A bot, its operators' group and channel, an operator, a manager and the customers."""
    world.limits.enforced = not options.no_limits
    world.lenient = options.lenient
    bot = world.bot(options.bot)
    group = world.group("Операторы") if options.plain_group else world.forum("Операторы")
    world.admit(group, bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
    channel = world.channel("Инциденты")
    world.admit(channel, bot, can_post_messages=True, can_edit_messages=True)
    troupe.enter("operator", "operator", group.id, name="Оператор")
    manager = troupe.enter("manager", "manager", bot.username, name="Менеджер", id=1001)
    for n in range(1, options.people + 1):
        troupe.enter(f"customer-{n}", "customer", bot.username, name=f"Клиент {n}")
    cast = Cast(options.bot, bot, group, channel)
    cast.parts += [part_of(cast, person) for person in troupe.people.values()]
    about = {
        "token": bot.token,
        "bot": bot.username,
        "group": group.id,
        "channel": channel.id,
        "manager": manager.id,
        "people": {who: person.id for who, person in troupe.people.items()},
    }
    return about, cast


def part_of(cast: Cast, person: Person) -> Part:
    """Somebody of the troupe as one may be on the page."""
    if isinstance(person, Operator):
        return Part(person.account, "operator", (person.group,))
    if isinstance(person, Manager):
        return Part(person.account, "manager", (person.chat, cast.group, cast.channel))
    return Part(person.account, "customer", (person.chat, cast.channel))


if __name__ == "__main__":
    main()
