"""Programs that others wrote for Statuspage read our feed as they are."""

import asyncio
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.ground.our_source import ROOT
from tests.stories.conftest import SetUp
from tests.stories.outside.visiting import publishes, shown_outside

SCRIPT = Path(__file__).with_name("read_statuspage.mjs")
PARTS = {"payments": {"name": "Оплата"}, "site": {"name": "Сайт"}}


async def run(*command: str) -> Any:
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    return json.loads(said)


async def test_the_package_statuspage_io_reads_everything(set_up: SetUp, foreign_packages: Path) -> None:
    async with shown_outside(set_up, components=PARTS) as outside:
        await publishes(outside.scene.manager(), "red Не работает вход")
        await outside.sees("/api/v2/summary.json", "Не работает вход")
        read = await run("node", str(SCRIPT), str(foreign_packages), outside.url)
    assert read["summary"]["incidents"][0]["name"] == "Не работает вход"
    assert read["status"]["status"]["indicator"] == "critical"
    assert [each["name"] for each in read["components"]["components"]] == ["Оплата", "Сайт"]
    assert read["incidents"]["incidents"] == read["unresolved"]["incidents"]
    assert read["works"]["scheduled_maintenances"] == read["active"]["scheduled_maintenances"] == []


def recipe() -> ModuleType:
    """The example for applications that are no web pages."""
    path = ROOT / "docs" / "examples" / "native_app.py"
    spec = importlib.util.spec_from_file_location("native_app", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_our_own_recipe_reads_it_and_says_when_we_are_gone(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = recipe()
    async with shown_outside(set_up) as outside:
        app = module.Plate(outside.url)
        await asyncio.to_thread(app.look)
        assert app.text() == "green: All Systems Operational"
        await publishes(outside.scene.manager(), "yellow Каталог тормозит")
        await outside.sees("/api/v2/summary.json", "Каталог")
        await asyncio.to_thread(app.look)
        assert app.text() == "yellow: Каталог тормозит"
        await asyncio.to_thread(app.look)  # not changed: a 304
    await asyncio.to_thread(app.look)
    assert app.text() == "yellow: Каталог тормозит"
    app.at -= 600
    assert app.text() == "grey: known 10 minutes ago"
