"""A database refuses what people wrote: the log of the real process has none of their words."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from sandbox import BotApiServer, Customer, World
from tests import postgres
from tests.ground.terminal import OTKLIK, environment

WITHIN = 60.0
WORDS = "шифромега"
CONFIG = """
[storage]
url = "{url}"
[telegram]
api_url = "{api}"
[log]
format = "json"
level = "debug"
[desk.main]
token = "{token}"
operators_group = {group}
managers = [1001]
faq = []
"""
SQLITE = """
CREATE TRIGGER {table}_refuses BEFORE INSERT ON {table} WHEN NEW.{column} LIKE '%шифромега%' AND {when}
BEGIN SELECT RAISE(ABORT, 'spoilt'); END;
"""
POSTGRES = """
CREATE FUNCTION {table}_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.{column}::text LIKE '%шифромега%' AND {when} THEN RAISE EXCEPTION 'spoilt: %', NEW.{column}; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_refuses BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuses();
"""
REFUSED = (
    {"table": "messages", "column": "content", "when": "TRUE"},
    {"table": "outbox", "column": "body", "when": "NEW.kind = ''"},
)
"""What a customer writes, and what is said in the group because a manager cannot be reached."""


@pytest.fixture
def refusing(migrated_url: str) -> str:
    """The address of a database that takes none of these words."""
    if migrated_url.startswith("sqlite"):
        with closing(sqlite3.connect(migrated_url.removeprefix("sqlite:///"))) as connection:
            connection.executescript("".join(SQLITE.format(**each) for each in REFUSED))
    else:
        for each in REFUSED:
            postgres.execute(migrated_url, POSTGRES.format(**each))
    return migrated_url


async def log_of(process: asyncio.subprocess.Process, *wanted: str) -> str:
    """All that it writes until each of these has been said, and it has ended."""
    assert process.stderr is not None
    lines, missing = list[str](), set(wanted)
    with suppress(TimeoutError):
        async with asyncio.timeout(WITHIN):
            while missing and (line := (await process.stderr.readline()).decode()):
                lines.append(line)
                missing = {each for each in missing if each not in line}
    if process.returncode is None:
        process.terminate()
    lines.append((await process.stderr.read()).decode())
    assert not missing, "".join(lines)
    return "".join(lines)


async def test_no_error_of_the_database_tells_what_somebody_wrote(refusing: str, tmp_path: Path) -> None:
    world = World(seed=7)
    bot, group = world.bot("support_bot"), world.forum("Operators")
    world.admit(group, bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
    anna = Customer(world, bot, WORDS)
    async with BotApiServer(world) as server:
        config = CONFIG.format(url=refusing, api=server.url, token=bot.token, group=group.id)
        (tmp_path / "config.toml").write_text(config, "utf-8")
        running = await asyncio.create_subprocess_exec(
            OTKLIK, "run", cwd=tmp_path, env=environment(), stderr=asyncio.subprocess.PIPE
        )
        try:
            await anna.says("/complaint нахамили")
            await anna.says(f"почему молчит {WORDS}?")
            log = await log_of(running, "an outcome could not be told", "an update failed")
            assert await running.wait() == 0
        finally:
            if running.returncode is None:
                running.kill()
    assert "spoilt" in log
    assert WORDS not in log.lower()
    assert "молчит" not in log
