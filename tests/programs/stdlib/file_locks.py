import fcntl
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "lock")
    first = open(path, "w")
    second = open(path, "w")
    fcntl.flock(first, fcntl.LOCK_EX)
    try:
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        print("held", error.errno)
    fcntl.flock(first, fcntl.LOCK_UN)
    fcntl.flock(second.fileno(), fcntl.LOCK_SH)
    fcntl.flock(first, fcntl.LOCK_SH)
    print("shared")
    fcntl.lockf(first, fcntl.LOCK_EX)
    fcntl.lockf(first, fcntl.LOCK_UN, 10, 0, 0)
    print(bool(fcntl.fcntl(first, fcntl.F_GETFD) & fcntl.FD_CLOEXEC), fcntl.fcntl(first, fcntl.F_GETFL) & os.O_WRONLY)
    other = fcntl.fcntl(first, fcntl.F_DUPFD, 50)
    print(other >= 50)
    os.close(other)
    for wrong in (lambda: fcntl.flock(-1, fcntl.LOCK_EX), lambda: fcntl.flock("x", 1), lambda: fcntl.lockf(first, 0),
                  lambda: fcntl.flock(999, fcntl.LOCK_EX), lambda: fcntl.ioctl(first, 0x5413, b"\0" * 8)):
        try:
            wrong()
        except (OSError, TypeError, ValueError) as error:
            print(type(error).__name__, error)
    first.close()
    second.close()
