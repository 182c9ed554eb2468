"""kill -9 while letters go out: nobody is left out, and only what was on the wire goes twice."""

import asyncio
import shutil
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.channels.letter_sender import AT_ONCE
from bot.rooms.stores import Stores
from broadcasts.backup.kept import KeptLetter
from broadcasts.incident import IncidentPlan, Notice, NoticeKind, Severity
from desk.formatted import Html
from desk.letters.letter import BackupAddress
from sandbox import BotApiServer, World
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from tests.outside.post_office import PostOffice
from tests.persistence.conftest import PLACES

PEOPLE = [f"person{number}@example.com" for number in range(90)]
KILLED_AT = (25, 60)
"""After so many letters the process is killed."""
CONFIG = """
[storage]
url = "{url}"
[telegram]
api_url = "{api}"
[log]
level = "error"
[desk.main]
token = "{token}"
operators_group = {group}
faq = ["faq.yaml"]
[desk.main.backup_channels.email]
url = "smtp+plain://127.0.0.1:{port}"
sender = "support@example.com"
"""
FAQ = "- {id: refund, question: How do I get a refund?, answer: Ask for it in Orders.}\n"


def tell_everybody(stores: Stores) -> None:
    """An incident, and a letter about it that waits for each."""
    now = datetime.now(UTC)
    text, red, kind = Html("Не проходит оплата"), Severity.RED, NoticeKind.OPENED
    opened = Notice(number=1, kind=kind, severity=red, text=text, author_id=1, at=now)
    incident = stores.incidents.open(IncidentPlan(title="Не проходит оплата"), opened, "a")
    common: dict[str, Any] = {"subject": f"{incident}:1", "incident_id": incident, "posted_at": now}
    stores.letters.post(
        [KeptLetter(person=f"email:{to}", at=BackupAddress("email", to), **common) for to in PEOPLE]
    )


async def in_database(url: str, unit: Any) -> Any:
    ledger = Ledger(await open_engine(url))
    try:
        return await ledger.run(lambda conn: unit(Stores(conn, "main", 7, datetime.now(UTC), PLACES)))
    finally:
        await ledger.close()


async def started(folder: Path) -> asyncio.subprocess.Process:
    otklik = str(Path(sys.executable).with_name("otklik"))
    return await asyncio.create_subprocess_exec(otklik, "run", cwd=folder)


async def test_killed_in_the_middle_of_letters_nobody_is_left_out(
    tmp_path: Path, sqlite_template: Path
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'otklik.db')}"
    await in_database(url, tell_everybody)
    world = World(seed=7)
    world.limits.enforced = False
    bot, group = world.bot("letters_bot"), world.forum("Operators")
    world.admit(group, bot, can_manage_topics=True)
    (tmp_path / "faq.yaml").write_text(FAQ, "utf-8")
    async with asyncio.timeout(90), BotApiServer(world) as server, PostOffice() as office:
        said = {"url": url, "api": server.url, "token": bot.token, "group": group.id, "port": office.port}
        (tmp_path / "config.toml").write_text(CONFIG.format(**said), "utf-8")
        for kill_at in KILLED_AT:
            process = await started(tmp_path)
            await arrived(office, kill_at, process)
            process.kill()
            await process.wait()
        process = await started(tmp_path)
        try:
            await everybody_has_one(office, process)
            while (waiting := await in_database(url, still_waiting)) > 0:
                assert process.returncode is None, waiting
        finally:
            process.terminate()
            await process.wait()
    copies = Counter(office.to)
    assert set(copies) == set(PEOPLE)
    assert 0 <= len(office.to) - len(PEOPLE) <= AT_ONCE * len(KILLED_AT)
    names = Counter(mail["Message-ID"] for mail in office.received)
    assert sorted(names.values()) == sorted(copies.values()), "a copy is known as one by its Message-ID"


def still_waiting(stores: Stores) -> int:
    """How many letters have not come to an end."""
    told = stores.letters.counts(1)
    assert (told.failed, told.uncertain) == (0, 0)
    return told.waiting


async def arrived(office: PostOffice, count: int, process: asyncio.subprocess.Process) -> None:
    """So many letters are there, while others go out."""
    while len(office.to) < count:
        assert process.returncode is None
        await asyncio.sleep(0.001)
    assert len(set(office.to)) < len(PEOPLE)


async def everybody_has_one(office: PostOffice, process: asyncio.subprocess.Process) -> None:
    while len(set(office.to)) < len(PEOPLE):
        assert process.returncode is None
        await asyncio.sleep(0.01)
