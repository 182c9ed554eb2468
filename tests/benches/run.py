"""All benchmarks, one after the other; with --write their figures go to docs/benchmarks/engine.md."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks" / "engine.md"
BENCHES = (
    "throughput",
    "first_topics",
    "growth",
    "latency",
    "startup",
    "priority",
    "hostile",
    "visitors",
    "alerting",
)
Result = dict[str, Any]


def run(bench: str) -> list[Result]:
    """The results of one benchmark, run in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name(f"{bench}.py"))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def machine() -> str:
    """What this was measured on."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    memory = round(pages * size / 2**30)
    return (
        f"{os.cpu_count()} cores, {memory} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite (WAL, synchronous=FULL)"
    )


Row = tuple[str, str, str]
"""What was measured, the figure, and what it stands against."""


def carrying(found: dict[str, list[Result]]) -> list[Row]:
    """How many messages a second, from nothing and after years."""
    bare, ours = (each["per_second"] for each in found["throughput"])
    (topics,) = found["first_topics"]
    return [
        (
            "messages a second, customer → group → customer, each durable, limits off, one core for the bot",
            f"{ours}",
            f"bare aiogram that keeps nothing: {bare}; ratio {ours / bare:.2f}",
        ),
        (
            f"messages a second, {topics['messages']:,} from {topics['topics']} customers into new topics",
            f"{topics['per_second']}",
            "from the first one written to the last one in the operators' group, limits off",
        ),
        *map(growth, found["growth"]),
    ]


def waiting(found: dict[str, list[Result]]) -> list[Row]:
    """How long anything takes, and what it holds."""
    (latency,), (start,), (priority,) = found["latency"], found["startup"], found["priority"]
    return [
        (
            "update → reply at 20 questions a second",
            f"p50 {latency['p50_ms']} ms, p99 {latency['p99_ms']} ms",
            "loopback, so the network adds nothing",
        ),
        (
            "start → first getUpdates",
            f"{start['to_first_poll_s']} s",
            f"importing aiogram alone: {start['importing_aiogram_s']} s",
        ),
        (
            "memory after the start",
            f"{start['memory_mb']} MB",
            f"{start['beyond_aiogram_mb']} MB beyond importing aiogram",
        ),
        (
            "`otklik --help` / `check` / `faq check`",
            f"{start['help_s']} / {start['check_s']} / {start['faq_check_s']} s",
            "no Telegram needed",
        ),
        (
            "operator's reply while 10,000 deliveries wait, limits enforced",
            f"p50 {priority['p50_ms']} ms, p99 {priority['p99_ms']} ms",
            f"deliveries go on at {priority['bulk_per_second']} a second; 429s: {priority['refused_429']}",
        ),
    ]


def in_turn(found: dict[str, list[Result]]) -> list[Row]:
    """What texts cost that are hard to read, and what others notice of them."""
    work, beside = found["hostile"]
    return [
        (
            "work to find out what a text is and asks: glued words, jumbles, 2,000 characters",
            f"p50 {work['hostile_p50_ms']} ms, p99 {work['hostile_p99_ms']} ms",
            f"people's first questions: p50 {work['first_p50_ms']} ms, p99 {work['first_p99_ms']} ms",
        ),
        (
            "update → reply at 10 questions a second, while one account sends 15 such texts a second",
            f"p50 {beside['p50_ms']} ms, p99 {beside['p99_ms']} ms",
            "limits enforced",
        ),
    ]


def growth(result: Result) -> Row:
    """The rally on a long history, on one database."""
    return (
        f"the same rally with {result['messages']:,} messages of history, {result['database']}",
        f"{result['history_per_second']} a second",
        f"empty database, in turns with it: {result['empty_per_second']}; ratio {result['ratio']:.2f}",
    )


def on_growth(results: list[Result]) -> list[str]:
    """How growth was measured, and what this machine had to leave out."""
    first = results[0]
    text = f"""
History: {first["messages"]:,} messages of {first["tickets"]:,} closed tickets and {first["customers"]:,}
customers, two pairs a message, a question and a survey a ticket, a day of handled updates; half of
the players are old customers, some with hundreds of tickets. The figures are medians of
{first["turns"]} turns of {first["seconds"]:g} s a side, taken alternately.
"""
    said = text.strip().splitlines()
    if len(results) == 1:
        said += ["", "**This machine has no PostgreSQL: growth was not measured on it.**"]
    return said


def page(table: list[Row], notes: list[str]) -> str:
    """The figures as a document."""
    lines = [
        "# How fast the engine is",
        "",
        "`make bench` measures this; `make bench WRITE=1` writes it here. The bot runs in its own process",
        "on one core, the sandbox Telegram on another; baselines are measured in the same run. Ratios matter",
        "more than the figures.",
        "",
        f"Measured on {machine()}.",
        "",
        "| what | figure | against |",
        "|---|---|---|",
        *(f"| {what} | {figure} | {against} |" for what, figure, against in table),
        "",
        *notes,
        "",
    ]
    return "\n".join(lines)


def visited(found: dict[str, list[Result]]) -> list[Row]:
    """What visitors of the status page get, and what it costs customers."""
    alone, *pages = found["visitors"]
    return [
        (
            f"requests a second of `{each['what']}`, while the FAQ answers ten questions a second",
            f"{each['requests_per_second']}",
            f"answers meanwhile p99 {each['answer_p99_ms']} ms, without visitors {alone['answer_p99_ms']} ms",
        )
        for each in pages
    ]


def alerted(found: dict[str, list[Result]]) -> list[Row]:
    """How soon managers see what monitoring tells."""
    (alerts,) = found["alerting"]
    own = f"p50 {alerts['first_p50_s']} s, longest {alerts['first_max_s']} s"
    joined = f"p50 {alerts['p50_s']} s, p99 {alerts['p99_s']} s, longest {alerts['max_s']} s"
    what = f"monitoring's POST → its message, at {alerts['people']} managers and publishers, while "
    what += f"{alerts['alerts']} alerts of six sources come, 2,000 people are told and operators reply"
    return [(what, own, f"→ counted in the message of the draft it joins: {joined}")]


def main() -> None:
    """Measure, show, and write if asked to."""
    found = {bench: run(bench) for bench in BENCHES}
    text = page(
        [*carrying(found), *waiting(found), *in_turn(found), *visited(found), *alerted(found)],
        on_growth(found["growth"]),
    )
    sys.stdout.write(text)
    if "--write" in sys.argv:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
