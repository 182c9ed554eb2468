"""An answer goes to everybody: what may go along is a file made for people, from the folder for it."""

import os
from pathlib import Path

import pytest

from faq.entries.attachments import MEDIA_FOLDER
from faq.entries.problem import BrokenFaq
from faq.files.loading import load_knowledge
from faq.library import Library
from tests.ground.terminal import otklik

OURS = (
    "config.toml",
    ".env",
    "data/otklik.db",
    "data/otklik.db-wal",
    "faq.yaml",
    "key.pem",
    "id_rsa",
    "prices.csv",
    "dump.sql",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder as people have it: the FAQ, the configuration and the database side by side."""
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    (home / MEDIA_FOLDER / "maps").mkdir(parents=True)
    made = (*OURS, "map.png", "terms.pdf", "media/logo.png", "media/prices.xlsx", "media/maps/city.jpg")
    for name in (*made, "media/config.toml", "media/.hidden.png"):
        (home / name).write_bytes(b"something")
    (tmp_path / "outside.png").write_bytes(b"somebody else's")
    return home


def said(home: Path, media: str) -> str:
    """What is wrong with an entry that names it, if anything is."""
    told = "".join(f"\\x{ord(sign):02x}" if sign < " " else sign for sign in media)
    (home / "faq.yaml").write_text(f'- id: a\n  question: Q\n  answer: A\n  media: "{told}"\n', "utf-8")
    try:
        load_knowledge([home / "faq.yaml"])
    except BrokenFaq as broken:
        return str(broken)
    return ""


def sent(home: Path, media: str) -> bytes | None:
    """What would be uploaded for an entry that stands in the database, whoever let it in."""
    library = Library(folders=[home])
    library.put(library.make([{"id": "a", "question": "Q", "answer": "A", "media": media}]))
    path = library.knowledge.entries[0].attachment()
    assert isinstance(path, Path)
    try:
        return path.read_bytes()
    except OSError:
        return None


@pytest.mark.parametrize(
    "media",
    [
        "map.png",
        "terms.pdf",
        "logo.png",
        "media/logo.png",
        "prices.xlsx",
        "maps/city.jpg",
        "media/maps/city.jpg",
    ],
)
def test_what_is_made_for_people_goes_along(media: str, home: Path) -> None:
    assert said(home, media) == ""
    assert sent(home, media) == b"something"


@pytest.mark.parametrize(
    "media",
    [
        *OURS,
        "media/config.toml",
        "media/.hidden.png",
        ".hidden.png",
        "../outside.png",
        "media/../../outside.png",
        "media/../config.toml",
        "/etc/hostname",
        "/etc",
        "media",
        ".",
        "..",
        "a\0b",
        "map.png\0",
        "\0.png",
    ],
)
def test_what_is_not_is_refused_with_its_line_and_never_sent(media: str, home: Path) -> None:
    told = said(home, media)
    assert "line 4" in told
    assert "may not be attached" in told
    assert sent(home, media) is None


@pytest.mark.parametrize(("link", "to"), [("link.png", "../outside.png"), ("map2.png", "config.toml")])
@pytest.mark.parametrize("folder", ["", MEDIA_FOLDER])
def test_a_link_leads_to_nothing_else(link: str, to: str, folder: str, home: Path) -> None:
    target = (home / to).resolve()
    (home / folder / link).symlink_to(target)
    assert "may not be attached" in said(home, link)
    assert sent(home, link) is None


def test_a_folder_that_is_mounted_by_links_is_well(home: Path) -> None:
    """As a ConfigMap is: each name is a link into a hidden folder beside it."""
    (home / "..2026").mkdir()
    (home / "..2026" / "tariff.png").write_bytes(b"something")
    (home / "..data").symlink_to("..2026")
    (home / "tariff.png").symlink_to("..data/tariff.png")
    assert said(home, "tariff.png") == ""
    assert sent(home, "tariff.png") == b"something"


@pytest.mark.parametrize("media", ["no.png", f"{'long' * 2000}.png", "loop.png", "media/folder.png"])
def test_what_is_not_there_is_said(media: str, home: Path) -> None:
    (home / "loop.png").symlink_to("loop.png")
    (home / MEDIA_FOLDER / "folder.png").mkdir()
    assert "line 4" in said(home, media)
    assert sent(home, media) is None


def test_a_pipe_is_no_file(home: Path) -> None:
    os.mkfifo(home / "pipe.png")
    assert "is not there" in said(home, "pipe.png")


def test_at_the_terminal_it_is_a_line_and_no_traceback(home: Path) -> None:
    (home / "faq.yaml").write_text('- {id: a, question: Q, answer: A, media: "a\\0b"}\n', "utf-8")
    done = otklik("faq", "check", "faq.yaml", home=home)
    assert done.code == 2
    assert len(done.lines) == 2
    assert "may not be attached" in done.lines[1]
    assert all(line.startswith("faq.yaml:1 (a): ") for line in done.lines)
