"""The file_ids of uploaded files, and files that Telegram refused."""

from sqlalchemy import Connection, delete, select

from storage.engine.upsert import add, put
from storage.tables import faq_complaints, faq_files


class FileStore:
    """The files of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def known(self, digest: str) -> str | None:
        """The file_id of the bytes with this digest; None if they were not uploaded."""
        mine = (faq_files.c.desk == self._desk, faq_files.c.digest == digest)
        return self._conn.execute(select(faq_files.c.file_id).where(*mine)).scalar_one_or_none()

    def keep(self, digest: str, file_id: str) -> None:
        """Set the file_id of uploaded bytes."""
        row = {"desk": self._desk, "digest": digest, "file_id": file_id}
        put(self._conn, faq_files, ("desk", "digest"), row)

    def forget(self, digest: str) -> None:
        """Delete a file_id that Telegram does not know any more."""
        mine = (faq_files.c.desk == self._desk, faq_files.c.digest == digest)
        self._conn.execute(delete(faq_files).where(*mine))

    def complain(self, digest: str) -> bool:
        """Note that a file, by its name, cannot be sent; False if that was noted before."""
        return add(self._conn, faq_complaints, {"desk": self._desk, "digest": digest}) == 1

    def settle(self, digest: str) -> None:
        """Note that a file, by its name, can be sent again."""
        mine = (faq_complaints.c.desk == self._desk, faq_complaints.c.digest == digest)
        self._conn.execute(delete(faq_complaints).where(*mine))
