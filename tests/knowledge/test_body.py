"""An entry as plain data: out, through JSON, and in again without loss."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from faq.entries.entry import Entry
from faq.entries.problem import BrokenFaq
from faq.files.body import from_body, to_body, trusted
from tests.knowledge.anything import ENTRIES


@given(ENTRIES)
@settings(deadline=None, max_examples=60)
def test_through_json_and_back(entry: Entry) -> None:
    body = json.loads(json.dumps(to_body(entry)))
    assert from_body(body) == trusted(body) == entry
    assert json.dumps(to_body(from_body(body))) == json.dumps(body)


def test_data_is_looked_at_as_closely_as_a_file(tmp_path: Path) -> None:
    body = {
        "id": "a b",
        "question": {"ru": " "},
        "answer": "<b>A",
        "media": "no.png",
        "sure": 7,
        "hiden": True,
    }
    with pytest.raises(BrokenFaq) as broken:
        from_body(body, tmp_path)
    assert [problem.kind.value for problem in broken.value.problems] == [
        "bad_id",
        "empty_text",
        "html_unclosed",
        "missing_media",
        "wrong_type",
        "unknown_key",
    ]


def test_a_picture_is_looked_for_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"picture")
    body = {"id": "a", "question": "Q", "answer": "A", "media": "map.png"}
    assert from_body(body, tmp_path).attachment() == tmp_path / "map.png"
    assert trusted(body, tmp_path).attachment() == tmp_path / "map.png"


@pytest.mark.parametrize(
    "body", [{}, {"id": None}, {"id": 1, "question": [], "answer": {}}, {"id": "a", "question": {"": "Q"}}]
)
def test_nonsense_is_refused_without_a_fall(body: dict[str, object]) -> None:
    with pytest.raises(BrokenFaq):
        from_body(body)
