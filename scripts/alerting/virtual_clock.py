"""A clock that begins in the past and goes as fast as it is told to, for the processes that preload scripts/moved_clock.c."""

import os
import struct
import time

PACES = 64
SECOND = 1_000_000_000


class VirtualClock:
    """Writes the file that the preloaded library reads: struct `moved` in scripts/moved_clock.c."""

    def __init__(self, library: str, path: str, past: float):
        """`past`: how many seconds before now it begins."""
        self.library = os.path.abspath(library)
        self.path = path
        self.past = round(past * SECOND)
        self.count = 0
        self.since, self.ahead, self.rate = time.clock_gettime_ns(time.CLOCK_BOOTTIME), 0, 1
        with open(path, "wb") as file:
            file.write(struct.pack("<qq", -(self.past // 1_000_000), 0) + bytes(24 * PACES))
        self.set_rate(1)

    @property
    def environment(self) -> dict:
        """For the processes that live by this clock."""
        return {"LD_PRELOAD": self.library, "MOVED_CLOCK_FILE": self.path}

    def gained(self) -> int:
        """Nanoseconds that it is ahead of where it would be without any haste."""
        return self.ahead + (time.clock_gettime_ns(time.CLOCK_BOOTTIME) - self.since) * (self.rate - 1)

    def now(self) -> float:
        """Its wall clock: Unix time in seconds."""
        return (time.time_ns() - self.past + self.gained()) / SECOND

    def set_rate(self, rate: int) -> None:
        """From now on `rate` of its seconds pass in a real one."""
        self.set_pace(self.gained(), rate)

    def jump(self, seconds: float) -> None:
        """Moves on at once, as after the machine was suspended."""
        self.set_pace(self.gained() + round(seconds * SECOND), self.rate)

    def arrive(self) -> None:
        """Goes with the machine's clock from now on."""
        self.set_pace(self.past, 1)

    def set_pace(self, ahead: int, rate: int) -> None:
        self.since, self.ahead, self.rate = time.clock_gettime_ns(time.CLOCK_BOOTTIME), ahead, rate
        with open(self.path, "r+b", buffering=0) as file:
            file.seek(16 + 24 * (self.count % PACES))
            file.write(struct.pack("<qqq", self.since, self.ahead, self.rate))
            self.count += 1
            # Only now does it count.
            file.seek(8)
            file.write(struct.pack("<q", (self.count - 1) % PACES + 1))
