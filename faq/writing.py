"""Entries written as faq.yaml, so that reading them again gives the same entries."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from faq.entry import ANY, Entry

if TYPE_CHECKING:
    from yaml import SafeDumper
    from yaml.nodes import ScalarNode


def export_yaml(entries: Iterable[Entry]) -> str:
    """One file with all the entries, in the order of keys that people write them in."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Lists indented under their keys, as in the documentation."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, indentless and self.indent is None)

    Dumper.add_representer(str, _text)
    parts = [
        yaml.dump([_table(entry)], Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        for entry in entries
    ]
    return "\n".join(parts) or "[]\n"


def _table(entry: Entry) -> dict[str, Any]:
    phrasings = {language: list(texts) for language, texts in entry.phrasings.items()}
    table = {
        "id": entry.id,
        "category": _by_language(entry.category),
        "question": _by_language(entry.question),
        "phrasings": _by_language(phrasings),
        "answer": _by_language(entry.answer),
        "media": entry.media,
        "valid_until": entry.valid_until.isoformat() if entry.valid_until else None,
        "hidden": entry.hidden or None,
    }
    return {key: value for key, value in table.items() if value is not None and value != {}}


def _by_language(texts: Mapping[str, Any]) -> Any:
    return texts[ANY] if texts.keys() == {ANY} else dict(texts)


def _text(dumper: "SafeDumper", text: str) -> "ScalarNode":
    """Longer texts are written as blocks, where nothing needs quoting."""
    is_block = "\n" in text
    written = f"{text}\n" if is_block else text
    return dumper.represent_scalar("tag:yaml.org,2002:str", written, style="|" if is_block else None)
