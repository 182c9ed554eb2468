"""Vectors of phrasings and of everyday questions, kept so that a start need not ask the encoder again."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from storage.engine.upsert import add
from storage.tables import faq_vectors

AT_ONCE = 500
"""As many as one statement can name on every database."""


class VectorStore:
    """The vectors of one desk's phrasings by model and digest, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def get(self, model: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        """Those that are kept."""
        found: dict[str, bytes] = {}
        for some in _batches(list(dict.fromkeys(digests))):
            mine = (
                faq_vectors.c.desk == self._desk,
                faq_vectors.c.model == model,
                faq_vectors.c.digest.in_(some),
            )
            rows = self._conn.execute(select(faq_vectors.c.digest, faq_vectors.c.vector).where(*mine))
            found |= {row.digest: row.vector for row in rows}
        return found

    def put(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep them; what is there already stays."""
        rows = [
            {"desk": self._desk, "model": model, "digest": digest, "vector": vector}
            for digest, vector in vectors.items()
        ]
        if rows:
            add(self._conn, faq_vectors, rows)


def _batches(digests: Sequence[str]) -> Iterable[Sequence[str]]:
    return (digests[start : start + AT_ONCE] for start in range(0, len(digests), AT_ONCE))
