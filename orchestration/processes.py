"""Whether the process that works on something is still alive, told from a note it left.

Here: the note and reading it. A process is known by host, id and start, since ids are used again.
"""

import os
import socket
from pathlib import Path


def this_process() -> str:
    """Host, id and start of this process."""
    return f"{_host()}:{os.getpid()}:{_start(os.getpid())}"


def is_gone(note: str) -> bool:
    """Whether the process of the note has ended. False when it can't be known: another host, a strange note."""
    host, _, rest = note.rpartition(":")[0].rpartition(":")
    start = note.rpartition(":")[2]
    if host != _host() or not rest.isdigit():
        return False
    pid = int(rest)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return _start(pid) != start


def _host() -> str:
    return socket.gethostname()


def _start(pid: int) -> str:
    """The start in clock ticks since boot; of a zombie, "gone"; empty where the system doesn't tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "gone" if fields[0] in "ZX" else fields[19]
