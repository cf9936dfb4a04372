"""A clock that begins in the past and goes as fast as it is told to, for the processes that preload moved_clock.c."""

import os
import struct
import time

PACES = 64
SECOND = 1_000_000_000


class VirtualClock:
    """Writes the file that the preloaded library reads: struct `moved` in moved_clock.c."""

    def __init__(self, library: str, path: str, past: float):
        """`past`: how many seconds before now it begins."""
        self.library = os.path.abspath(library)
        self.path = path
        self.past = round(past * SECOND)
        self.count = 0
        with open(path, "wb") as file:
            file.write(struct.pack("<qq", -(self.past // 1_000_000), 0) + bytes(32 * PACES))
        self.set_pace(0, 1, 0)

    @property
    def environment(self) -> dict:
        """For the processes that live by this clock."""
        return {"LD_PRELOAD": self.library, "MOVED_CLOCK_FILE": self.path}

    def gained(self) -> int:
        """Nanoseconds that it is ahead of where it would be without any haste."""
        since = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - self.since
        return min(self.ahead + since * (self.rate - 1), self.most)

    def now(self) -> float:
        """Its wall clock: Unix time in seconds."""
        return (time.time_ns() - self.past + self.gained()) / SECOND

    def hasten(self, rate: int, seconds: float) -> None:
        """Lets `rate` of its seconds pass in a real one until it has gained so many on the machine's clock.

        Then it goes at the machine's pace, also where this test comes late to see to it.
        """
        gained = self.gained()
        self.set_pace(gained, rate, gained + round(seconds * SECOND))

    def jump(self, seconds: float) -> None:
        """Moves on at once, as after the machine was suspended."""
        gained = self.gained() + round(seconds * SECOND)
        self.set_pace(gained, 1, gained)

    def behind(self) -> float:
        """Seconds until it is where the machine's clock is."""
        return (self.past - self.gained()) / SECOND

    def set_pace(self, ahead: int, rate: int, most: int) -> None:
        self.since, self.ahead, self.rate, self.most = time.clock_gettime_ns(time.CLOCK_BOOTTIME), ahead, rate, most
        with open(self.path, "r+b", buffering=0) as file:
            file.seek(16 + 32 * (self.count % PACES))
            file.write(struct.pack("<qqqq", self.since, self.ahead, self.rate, self.most))
            self.count += 1
            # Only now does it count.
            file.seek(8)
            file.write(struct.pack("<q", (self.count - 1) % PACES + 1))
