import errno
for code in (
    errno.ENOENT, errno.EEXIST, errno.EACCES, errno.EPIPE, errno.EINTR, errno.ETIMEDOUT,
    errno.ECONNREFUSED, errno.EINVAL,
):
    error = OSError(code, "text", "name")
    print(type(error).__name__, error.errno == code, error.strerror, error.filename)
print(type(OSError("x")).__name__, OSError("x").errno)
try:
    open("no such file")
except FileNotFoundError as error:
    print(error, error.errno, error.filename, error.strerror)
