"""Which files of this machine may go along with an answer, and where they lie.

An answer goes to everybody, and whoever may write one need not be whoever may read this machine's files.
"""

import os
import re
from pathlib import Path, PurePosixPath

MEDIA_FOLDER = "media"
"""Beside the FAQ file, for what goes along with answers and nothing else."""
SHOWN = re.compile(
    r"\.(jpe?g|png|webp|gif|bmp|heic|tiff?|svg|mp4|mov|m4v|webm|mkv|avi|mp3|m4a|flac|og[ga]|opus|wav|aac|pdf)",
    re.IGNORECASE,
)
"""Endings of what is made to be looked at or heard: such a file may also lie beside the FAQ file itself."""
PAPERS = re.compile(
    r"\.(docx?|odt|rtf|txt|md|xlsx?|ods|csv|pptx?|odp|epub|fb2|djvu|ics|vcf|zip|7z|rar|apk)", re.IGNORECASE
)
"""Endings of documents that may go along if they lie in the folder for it."""
NOWHERE = Path(os.devnull)
"""A folder in which there is no file."""


def is_foreign(home: Path, name: str) -> bool:
    """Whether a name may not stand in a FAQ file of this folder, whatever it leads to."""
    parts = PurePosixPath(name).parts
    if "\0" in name or not parts or any(part.startswith(".") for part in parts) or parts[0] == "/":
        return True
    if (kind := _kind(name)) is None:
        return True
    if kind is SHOWN:
        leads = [_leads(home / MEDIA_FOLDER, name), _leads(home, name)]
    else:
        leads = [_leads(home / MEDIA_FOLDER, name.removeprefix(f"{MEDIA_FOLDER}/"))]
    return not all(leads)


def folder_with(home: Path, name: str) -> Path | None:
    """The folder from which the name leads to a file that may be attached."""
    if is_foreign(home, name):
        return None
    places = [home / MEDIA_FOLDER]
    if _kind(name) is SHOWN or name.startswith(f"{MEDIA_FOLDER}/"):
        places.append(home)
    return next((place for place in places if is_file(place / name)), None)


def path_of(home: Path, name: str) -> Path:
    """The file that the name leads to; what may not be attached leads nowhere, so that the words go alone."""
    folder = folder_with(home, name)
    if folder is not None:
        return folder / name
    if not is_foreign(home, name) and not is_file(home / name):
        return home / name
    return NOWHERE / (PurePosixPath(name).name.replace("\0", "") or MEDIA_FOLDER)


def is_file(path: Path) -> bool:
    """Whether there is a file; a name that cannot be one is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _kind(name: str) -> re.Pattern[str] | None:
    """Whether the name's ending is one of SHOWN or of PAPERS."""
    ending = PurePosixPath(name).suffix
    return next((kind for kind in (SHOWN, PAPERS) if kind.fullmatch(ending)), None)


def _leads(folder: Path, name: str) -> bool:
    """Whether the name stays in the folder, links followed, and leads to nothing of another kind."""
    try:
        end = (folder / name).resolve()
        return (
            end.is_relative_to(folder.resolve())
            and _kind(end.name) is _kind(name)
            and not end.name.startswith(".")
        )
    except (OSError, RuntimeError, ValueError):
        return False
