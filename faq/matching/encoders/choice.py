"""Which encoder a desk may ask for, and why it cannot be had. Loads nothing."""

from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeAlias

Choice: TypeAlias = Literal["use", "use+e5"] | Path
"""By its package, two of them together, or the folder of a model."""


class NoEncoder(Exception):  # noqa: N818 - the house names its exceptions in plain words
    """The encoder that is wanted cannot be had; `text` is the key of the text that says why."""

    def __init__(self, text: str, **params: object) -> None:
        super().__init__(f"{text} {params}")
        self.text, self.params = text, params


def extra_of(choice: Choice) -> str:
    """What it is installed with."""
    if isinstance(choice, Path):
        return "semantic-local"
    return "semantic" if choice == "use" else "semantic-e5"


def named(text: str, home: Path) -> Choice:
    """What somebody wrote: a name, or a folder seen from `home`. Raises NoEncoder for anything else."""
    if text == "use":
        return "use"
    if text == "use+e5":
        return "use+e5"
    folder = home / Path(text).expanduser()
    if "\0" in text or not folder.is_dir():
        raise NoEncoder("encoder.no_folder", path=text.replace("\0", ""))
    model_in(folder)
    return folder


def model_in(folder: Path) -> tuple[Path, Path]:
    """The model and its tokenizer. Raises NoEncoder if either is not there."""
    models = [folder / "model.onnx", folder / "onnx" / "model.onnx"]
    model = next((each for each in models if each.is_file()), None)
    if model is None:
        raise NoEncoder("encoder.no_file", path=str(folder), file="model.onnx")
    if not (folder / "tokenizer.json").is_file():
        raise NoEncoder("encoder.no_file", path=str(folder), file="tokenizer.json")
    return model, folder / "tokenizer.json"


def must_have(extra: str, *modules: str) -> None:
    """Raises NoEncoder unless all of what the extra brings is here."""
    if not all(map(find_spec, modules)):
        raise NoEncoder("encoder.no_package", extra=extra)
