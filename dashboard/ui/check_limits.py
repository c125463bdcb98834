"""Takes on limits, then becomes another program: it is run as a file of its own, never imported.

    python check_limits.py SECONDS MEMORY_BYTES FILE_BYTES PROGRAM [ARGUMENT …]

The limits are set here, in the new process, because nothing may run between the fork and the
exec of a server that has threads.
"""

import os
import resource
import sys


def main() -> None:
    """Limit working time, memory, files written, open files and core dumps; start the program."""
    seconds, memory, file_bytes, *program = sys.argv[1:]
    _limit(resource.RLIMIT_CPU, int(seconds), grace=1)
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_FSIZE, int(file_bytes))
    _limit(resource.RLIMIT_NOFILE, 256)
    _limit(resource.RLIMIT_CORE, 0)  # a dump would hold the rows
    os.execv(program[0], program)  # noqa: S606


def _limit(what: int, most: int, *, grace: int = 0) -> None:
    """Set a limit that cannot be raised again; one that is stricter already stays.

    With `grace` the first limit ends the program with a signal that tells why.
    """
    _, hard = resource.getrlimit(what)
    strictest = most + grace if hard == resource.RLIM_INFINITY else min(most + grace, hard)
    resource.setrlimit(what, (min(most, strictest), strictest))


if __name__ == "__main__":
    main()
