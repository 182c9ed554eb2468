"""A model for sentences that is small enough to be written by hand: a vector for each word it knows.

ONNX is a protobuf; the few kinds of field that are needed are put together here, so that the tests need no
package for making models.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

FLOAT, INT64 = 1, 7


def put(
    folder: Path,
    words: Mapping[str, Sequence[float]],
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
) -> Path:
    """Write model.onnx and tokenizer.json for these words; what it does not know is nothing."""
    known = {"[UNK]": [0.0] * len(next(iter(words.values()))), **words}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_model(list(known.values()), inputs))
    model = {
        "type": "WordLevel",
        "vocab": {word: row for row, word in enumerate(known)},
        "unk_token": "[UNK]",
    }
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "model": model,
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    return folder


def _model(rows: Sequence[Sequence[float]], inputs: Sequence[str]) -> bytes:
    """One node: of `words` those rows that `input_ids` names."""
    flat = [value for row in rows for value in row]
    size = len(rows[0])
    words = _number(1, len(rows)) + _number(1, size) + _number(2, FLOAT) + _text(8, "words")
    words += _field(9, struct.pack(f"<{len(flat)}f", *flat))
    node = _text(1, "words") + _text(1, inputs[0]) + _text(2, "last_hidden_state") + _text(4, "Gather")
    graph = _field(1, node) + _text(2, "tiny") + _field(5, words)
    for name in inputs:
        graph += _field(11, _value(name, INT64, ("batch", "pieces")))
    graph += _field(12, _value("last_hidden_state", FLOAT, ("batch", "pieces", size)))
    return _number(1, 8) + _field(7, graph) + _field(8, _text(1, "") + _number(2, 13))


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    dims = (_number(1, one) if isinstance(one, int) else _text(2, one) for one in shape)
    tensor = _number(1, kind) + _field(2, b"".join(_field(1, dim) for dim in dims))
    return _text(1, name) + _field(2, _field(1, tensor))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _field(field, value.encode())


def _field(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    found = b""
    while value > 127:
        found += bytes([value & 127 | 128])
        value >>= 7
    return found + bytes([value])
