"""A model of one's own: a folder with model.onnx and tokenizer.json, as they are published."""

import json
import re
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import numpy as np

from faq.matching.encoders.centred import Floats, centred, neutral_digest
from faq.matching.encoders.choice import NoEncoder, model_in
from faq.matching.meaning import Encoder
from faq.matching.weights import Kind

LONGEST = 128
"""Word-pieces of a text that are read."""

_KNOWN = {"input_ids", "attention_mask", "token_type_ids"}
_INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_IS_E5 = re.compile(r"(?:^|[-_/.])e5(?:[-_/.]|$)", re.IGNORECASE)
_FLAG = "pooling_mode_"
_POOLING = {"mean": False, "mean_tokens": False, "cls": True, "cls_token": True}
"""Ways to make one vector of many, and whether the first speaks for all."""
_REASON = 200
_ONLY_ERRORS = 3


class _Local:
    """Reads a text at a time, so that its vector does not depend on what is read beside it."""

    kind: Kind = "meaning"

    def __init__(self, model: str, session: Any, tokenizer: Any, manner: "_Manner") -> None:
        self.model = model
        self._session, self._tokenizer, self._manner = session, tokenizer, manner
        self._types = {each.name: _INTEGERS.get(each.type, np.int64) for each in session.get_inputs()}
        self._centred = centred(self._read)

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row for each text."""
        return self._centred(texts)

    def _read(self, texts: Sequence[str]) -> Floats:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Floats:
        known = self._tokenizer.encode(self._manner.prefix + text.encode("utf-8", "replace").decode())
        given = {
            "input_ids": known.ids,
            "attention_mask": known.attention_mask,
            "token_type_ids": known.type_ids,
        }
        fed = {name: np.array([given[name]], kind) for name, kind in self._types.items()}
        found: list[Floats] = self._session.run(None, fed)
        pooled = [each for each in found if each.ndim == 2]
        if pooled:
            vector = pooled[0][0]
        else:
            rows = found[0][0][:1] if self._manner.first_only else found[0][0]
            vector = rows.sum(axis=0) / max(1, len(rows))
        return cast("Floats", (vector / max(float(np.linalg.norm(vector)), 1e-6)).astype(np.float32))


class _Manner:
    """How a model wants to be asked: what stands before a text, and which of its pieces speak for it."""

    def __init__(self, folder: Path) -> None:
        """What the files beside the model say. Raises NoEncoder for what we do not do."""
        self.prefix, self.first_only = _prefix(folder), _first_only(folder)


def opened(folder: Path) -> Encoder:
    """The model, tried on a text. Raises NoEncoder with what is wrong with the folder."""
    model, words = model_in(folder)
    manner = _Manner(folder)
    tokenizer, session = _tokenizer(words), _session(model)
    wanted = {each.name for each in session.get_inputs()}
    if not {"input_ids"} <= wanted <= _KNOWN:
        raise NoEncoder("encoder.inputs", file=str(model), inputs=", ".join(sorted(wanted)))
    local = _Local(f"onnx-{_digest(folder, manner)}-{neutral_digest()}", session, tokenizer, manner)
    try:
        vectors = local.encode(["?"])
    except Exception as error:  # whatever the runtime has to say of a model that is no encoder of sentences
        raise _broken(model, error) from None
    if vectors.ndim != 2 or vectors.shape[1] < 2 or not np.isfinite(vectors).all():
        raise NoEncoder("encoder.no_vectors", file=str(model))
    return local


def _session(model: Path) -> Any:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    wanted = onnxruntime.SessionOptions()
    wanted.intra_op_num_threads = wanted.inter_op_num_threads = 1
    wanted.log_severity_level = _ONLY_ERRORS
    try:
        return onnxruntime.InferenceSession(str(model), wanted, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no base of their own
        raise _broken(model, error) from None


def _tokenizer(file: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        found = Tokenizer.from_file(str(file))
    except Exception as error:  # it raises nothing more exact
        raise _broken(file, error) from None
    found.no_padding()
    found.enable_truncation(max_length=LONGEST)
    return found


def _prefix(folder: Path) -> str:
    """As the folder says it, else `query: ` for a model of the E5 family, by its name."""
    told = _table(folder / "config_sentence_transformers.json")
    prompts = told.get("prompts")
    if isinstance(prompts, dict):
        prompt = prompts.get(told.get("default_prompt_name") or "query")
        if isinstance(prompt, str):
            return prompt
    names = folder.resolve().name, str(_table(folder / "config.json").get("_name_or_path", ""))
    return "query: " if any(map(_IS_E5.search, names)) else ""


def _first_only(folder: Path) -> bool:
    told = _table(folder / "1_Pooling" / "config.json")
    named = told.get("pooling_mode")
    flags = {name for name, is_on in told.items() if name.startswith(_FLAG) and is_on is True}
    chosen = {named} if isinstance(named, str) else {flag.removeprefix(_FLAG) for flag in flags}
    if len(chosen) > 1 or not chosen <= _POOLING.keys():
        raise NoEncoder("encoder.pooling", path=str(folder))
    return any(_POOLING[each] for each in chosen)


def _table(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _broken(file, error) from None
    return found if isinstance(found, dict) else {}


def _digest(folder: Path, manner: _Manner) -> str:
    """Of all that makes a vector: those that are kept are no use once a file takes another's place."""
    model, words = model_in(folder)
    found = blake2b(f"{manner.prefix}|{manner.first_only}".encode(), digest_size=12)
    for file in (words, model, *sorted(model.parent.glob("*.onnx?data"))):
        with file.open("rb") as opened_file:
            while block := opened_file.read(1 << 20):
                found.update(block)
    return found.hexdigest()


def _broken(file: Path, error: Exception) -> NoEncoder:
    reason = " ".join(str(error).split())[:_REASON] or type(error).__name__
    return NoEncoder("encoder.broken_file", file=str(file), reason=reason)
