"""How an application that is no web page shows what is published: one request a minute, answered from memory.

Only the standard library, so that it reads like a recipe for any language.
Try it: python native_app.py https://status.example.com
"""

import json
import random
import sys
import time
import urllib.error
import urllib.request

COLOURS = {"none": "green", "minor": "yellow", "major": "red", "critical": "red", "maintenance": "blue"}


class Plate:
    """What the application knows, and since when."""

    def __init__(self, url: str) -> None:
        self.url, self.tag, self.told, self.at = f"{url}/api/v2/summary.json?language=ru", "", None, 0.0

    def look(self) -> None:
        """Ask once; an answer that has not changed costs a few bytes (304)."""
        asked = urllib.request.Request(self.url, headers={"If-None-Match": self.tag})
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                self.told, self.tag = json.load(answer), answer.headers["ETag"]
        except urllib.error.HTTPError as error:
            if error.code != 304:
                return
        except OSError:
            return  # we show what we know, and its age
        self.at = time.monotonic()

    def text(self) -> str:
        """What to show."""
        if self.told is None:
            return ""
        age = time.monotonic() - self.at
        if age > self.told.get("x_stale_after", 180):
            return f"grey: known {age / 60:.0f} minutes ago"
        level = self.told["status"]["indicator"]
        names = [each["name"] for each in self.told["incidents"]]
        return f"{COLOURS.get(level, 'grey')}: {names[0] if names else self.told['status']['description']}"


if __name__ == "__main__":
    plate = Plate(sys.argv[1].rstrip("/"))
    while True:
        plate.look()
        print(plate.text(), flush=True)
        time.sleep(60 * random.uniform(0.9, 1.1))
