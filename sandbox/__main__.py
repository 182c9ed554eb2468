"""`python -m sandbox`: a Telegram of one's own on loopback, worked from other processes."""

import argparse
import asyncio
import json
import signal
import sys

from sandbox.accounts import Json
from sandbox.remote import Remote
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
    return parser.parse_args()


async def serve(options: argparse.Namespace) -> None:
    """Serve until told to stop; the first line of output is a JSON object saying where and who."""
    world = World(options.seed)
    world.limits.enforced = not options.no_limits
    remote = Remote(world)
    about = furnish(world, remote, options)
    stopped = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    async with BotApiServer(world, port=options.port, routes=remote.routes()) as server:
        sys.stdout.write(json.dumps({"url": server.url, **about}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        await stopped.wait()


def furnish(world: World, remote: Remote, options: argparse.Namespace) -> Json:
    """A bot, its operators' group and channel, an operator, a manager and the customers."""
    bot = world.bot(options.bot)
    group = world.group("Операторы") if options.plain_group else world.forum("Операторы")
    world.admit(group, bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
    channel = world.channel("Инциденты")
    world.admit(channel, bot, can_post_messages=True, can_edit_messages=True)
    troupe = remote.troupe
    troupe.enter("operator", "operator", group.id, name="Оператор")
    manager = troupe.enter("manager", "manager", bot.username, name="Менеджер", id=1001)
    for n in range(1, options.people + 1):
        troupe.enter(f"customer-{n}", "customer", bot.username, name=f"Клиент {n}")
    return {
        "token": bot.token,
        "bot": bot.username,
        "group": group.id,
        "channel": channel.id,
        "manager": manager.id,
        "people": {who: person.id for who, person in troupe.people.items()},
    }


if __name__ == "__main__":
    main()
