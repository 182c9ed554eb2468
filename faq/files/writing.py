"""Entries written as faq.yaml, so that reading them again gives the same entries."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from faq.entries.entry import Entry
from faq.files.body import to_body

if TYPE_CHECKING:
    from yaml import SafeDumper
    from yaml.nodes import ScalarNode


def export_yaml(entries: Iterable[Entry]) -> str:
    """One file with all the entries, in the order of keys that people write them in."""
    import yaml

    class _Dumper(yaml.SafeDumper):
        """Lists indented under their keys, as in the documentation."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, indentless and self.indent is None)

    _Dumper.add_representer(str, _text)
    parts = [
        yaml.dump([to_body(entry)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        for entry in entries
    ]
    return "\n".join(parts) or "[]\n"


RARE_BREAKS = frozenset("\r\x85\u2028\u2029")
"""Ends of lines to YAML, which would come back as spaces unless they are written as escapes."""


def _text(dumper: "SafeDumper", text: str) -> "ScalarNode":
    """Longer texts are written as blocks, where nothing needs quoting."""
    style: str | None = None
    if not RARE_BREAKS.isdisjoint(text):
        style = '"'
    elif "\n" in text:
        style, text = "|", f"{text}\n"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
