"""A past for Prometheus: scrapes with their times, as blocks that promtool makes."""

import os

from lib.prometheus import make_blocks

# Prometheus' shortest block. A file for each, or promtool would read all of them once for each block.
BLOCK = 7200


class History:
    """Scrapes of one job, kept as OpenMetrics until `make_blocks`."""

    def __init__(self, folder: str, families: set):
        """`families`: what is kept of a scrape; without the rest the blocks are made several times as fast."""
        self.folder = folder
        os.makedirs(folder)
        self.families = families
        self.block, self.file = -1, None
        self.samples = 0

    def add(self, page: str, instance: str, at: float, labels: dict | None = None) -> None:
        """A scrape that came; an empty page is one that failed. `labels`: further ones of the target."""
        target = ",".join(f'{name}="{value}"' for name, value in {"job": "koreai", "instance": instance, **(labels or {})}.items())
        lines = [f"up{{{target}}} {1 if page else 0} {at:.3f}"]
        for line in page.splitlines():
            name, brace, rest = line.partition("{")
            if not brace:
                name, _, rest = line.partition(" ")
            if name in self.families:
                lines.append(f"{name}{{{target}{',' if brace else '} '}{rest} {at:.3f}")
        self.samples += len(lines)
        if int(at // BLOCK) != self.block:
            self.close()
            self.block = int(at // BLOCK)
            self.file = open(os.path.join(self.folder, f"{self.block}.txt"), "w", encoding="utf-8")
        self.file.write("\n".join(lines) + "\n")

    def close(self) -> None:
        if self.file:
            self.file.write("# EOF\n")
            self.file.close()
            self.file = None

    def make_blocks(self, data: str) -> None:
        """Writes it into Prometheus' data folder, before Prometheus is started."""
        self.close()
        for name in sorted(os.listdir(self.folder)):
            make_blocks(os.path.join(self.folder, name), data)
