"""The wall between what is said and how Telegram is told: the domain knows no word of the Bot API."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram import methods

ROOT = Path(__file__).parents[2]
DOMAIN = ("desk", "tickets", "surveys", "broadcasts", "editorial", "reports")
METHODS = frozenset(name[0].lower() + name[1:] for name in methods.__all__)
WIRE = frozenset(
    str.split(
        "reply_markup inline_keyboard callback_data parse_mode message_thread_id reply_parameters "
        "disable_notification link_preview_options caption_entities file_unique_id from_chat_id"
    )
)


def said(source: str) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def words_of_the_wire(source: str) -> set[str]:
    """Methods whose name is no everyday word, and parameters that only the Bot API has."""
    several = {name for name in METHODS if not name.islower()}
    return {text for text in said(source) if text in several | WIRE}


@pytest.mark.parametrize("room", DOMAIN)
def test_the_domain_names_nothing_of_the_bot_api(room: str) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): words
        for path in (ROOT / room).rglob("*.py")
        if (words := words_of_the_wire(path.read_text("utf-8")))
    }
    assert found == {}, "say it in our own words; bot/telegram/render.py turns them into calls"


def test_a_method_of_the_bot_api_would_be_noticed() -> None:
    assert words_of_the_wire('call = {"method": "closeForumTopic", "reply_markup": None}') == {
        "closeForumTopic",
        "reply_markup",
    }
    assert words_of_the_wire('"""sendMessage in prose is no call."""') == set()
