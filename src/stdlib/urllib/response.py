"""Response classes used by urllib.

A response is a file with the headers and the URL that it came with; everything that it does not know itself is asked of the
file. Source: Standard Library, "urllib.response".
"""

__all__ = ["addbase", "addclosehook", "addinfo", "addinfourl"]


class addbase:
    """Base class for addinfo and addclosehook. Is a good idea for garbage collection."""

    def __init__(self, fp):
        self.fp = fp
        self.file = fp
        self.name = "<urllib response>"

    def __getattr__(self, name):
        # Only what is not found otherwise gets here.
        if name in ("fp", "file", "delete"):
            raise AttributeError(name)
        value = getattr(self.fp, name)
        if callable(value):
            setattr(self, name, value)
        return value

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self)!r} whose fp = {self.file!r}>"

    def __enter__(self):
        if self.fp.closed:
            raise ValueError("I/O operation on closed file")
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __iter__(self):
        return iter(self.fp)

    def __next__(self):
        return next(self.fp)

    def close(self):
        self.fp.close()


class addclosehook(addbase):
    """Class to add a close hook to an open file."""

    def __init__(self, fp, closehook, *hookargs):
        super().__init__(fp)
        self.closehook = closehook
        self.hookargs = hookargs

    def close(self):
        try:
            closehook, hookargs = self.closehook, self.hookargs
            if closehook:
                self.closehook = self.hookargs = None
                closehook(*hookargs)
        finally:
            super().close()


class addinfo(addbase):
    """class to add an info() method to an open file."""

    def __init__(self, fp, headers):
        super().__init__(fp)
        self.headers = headers

    def info(self):
        return self.headers


class addinfourl(addinfo):
    """class to add info() and geturl() methods to an open file."""

    def __init__(self, fp, headers, url, code=None):
        super().__init__(fp, headers)
        self.url = url
        self.code = code

    @property
    def status(self):
        return self.code

    def getcode(self):
        return self.code

    def geturl(self):
        return self.url
