"""Writes into README.md what it shows of other files: the notification of alerts/tests/notification.txt."""

import pathlib
import re

README = pathlib.Path("README.md")
BLOCK = re.compile(r"(<!-- `make docs` writes this from (\S+)\. -->\n\n```\n)(.*?)(```\n)", re.DOTALL)


def whole() -> str:
    """README.md as it has to be."""
    def excerpt(match: re.Match) -> str:
        text = pathlib.Path(match[2]).read_text(encoding="utf-8")
        return match[1] + text.strip("\n") + "\n" + match[4]
    return BLOCK.sub(excerpt, README.read_text(encoding="utf-8"))


if __name__ == "__main__":
    README.write_text(whole(), encoding="utf-8")
