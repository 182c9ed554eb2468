"""Visitors of the status page by the thousand while the bot answers customers: on one core, out of memory."""

import asyncio
import os
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox import Customer
from tests.benches.stage import answers, percentile, running, show, stage

CONNECTIONS, SECONDS = 16, 6
PEOPLE, PER_SECOND = 20, 10
PAGES = ("/", "/api/v2/summary.json")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """One request on a connection that stays; the bytes that came back."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if not head.startswith("http/1.1 200"):
        raise RuntimeError(head)
    length = int(head.partition("content-length:")[2].partition("\r\n")[0])
    await reader.readexactly(length)
    return len(head) + length


async def visit(port: int, path: str, over: Callable[[], bool], waits: list[float]) -> int:
    """Somebody who asks again and again; the bytes they got."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = 0
    while not over():
        begun = time.perf_counter()
        taken += await ask(reader, writer, path)
        waits.append((time.perf_counter() - begun) * 1000)
    writer.close()
    return taken


async def opened(port: int) -> None:
    """Until the page is there."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            await ask(reader, writer, "/")
        except (OSError, RuntimeError, asyncio.IncompleteReadError):
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


async def measure() -> list[dict[str, Any]]:
    """Requests a second of each page, and how long customers wait meanwhile."""
    port = free_port()
    os.environ["OTKLIK_WEB__LISTEN"] = f"127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False) as set_up, running(set_up.otklik()):
            await set_up.polled()
            await opened(port)
            people = [Customer(set_up.world, set_up.bot, f"Person {n}") for n in range(PEOPLE)]
            for person in people:
                person.chat.standing = "open"
            questions = PER_SECOND * SECONDS
            alone = await answers(set_up, people, PER_SECOND, questions)
            results = [told("no visitors", alone[PEOPLE:], [], 0)]
            for path in PAGES:
                until, waits = time.perf_counter() + SECONDS, list[float]()
                over = lambda until=until: time.perf_counter() >= until  # noqa: E731
                visitors = [visit(port, path, over, waits) for _ in range(CONNECTIONS)]
                asked, *taken = await asyncio.gather(
                    answers(set_up, people, PER_SECOND, questions), *visitors
                )
                results.append(told(path, asked, waits, sum(taken)))
            return results


def told(what: str, asked: list[float], waits: list[float], taken: int) -> dict[str, Any]:
    """The figures of one round."""
    return {
        "what": what,
        "requests_per_second": round(len(waits) / SECONDS),
        "kilobytes_each": round(taken / len(waits) / 1000, 1) if waits else 0,
        "request_p99_ms": round(percentile(waits, 0.99), 1) if waits else 0,
        "answer_p50_ms": round(percentile(asked, 0.5), 1),
        "answer_p99_ms": round(percentile(asked, 0.99), 1),
    }


async def main() -> None:
    """Once."""
    for each in await measure():
        show(each)


if __name__ == "__main__":
    asyncio.run(main())
