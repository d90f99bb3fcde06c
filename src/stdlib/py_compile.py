"""Compiling files ahead of time. Coil keeps no compiled files: what is here only finds errors.

Source: Library Reference "py_compile".
"""

import enum
import sys
import traceback

__all__ = ["compile", "main", "PyCompileError", "PycInvalidationMode"]


class PyCompileError(Exception):
    """Exception raised when an error occurs while attempting to compile the file."""

    def __init__(self, exc_type, exc_value, file, msg=""):
        name = exc_type.__name__
        if exc_type is SyntaxError:
            text = "".join(traceback.format_exception_only(exc_type, exc_value))
            message = text.replace('File "<string>"', f'File "{file}"')
        else:
            message = f"Sorry: {name}: {exc_value}"
        super().__init__(msg or message, name, exc_value, file)
        self.exc_type_name = name
        self.exc_value = exc_value
        self.file = file
        self.msg = msg or message

    def __str__(self):
        return self.msg


class PycInvalidationMode(enum.Enum):
    TIMESTAMP = 1
    CHECKED_HASH = 2
    UNCHECKED_HASH = 3


def compile(
    file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None, quiet=0
):
    """Compile a file, and forget the result. Errors are printed, or raised as PyCompileError."""
    import builtins

    with open(file, "rb") as stream:
        source = stream.read()
    try:
        builtins.compile(source, dfile or file, "exec", dont_inherit=True, optimize=optimize)
    except Exception as error:
        failure = PyCompileError(type(error), error, dfile or file)
        if quiet < 2:
            if doraise:
                raise failure
            sys.stderr.write(failure.msg + "\n")
    return None


def main():
    """Compile the files that the command line names; those of standard input for "-"."""
    names = sys.argv[1:]
    if names == ["-"]:
        names = [line.rstrip("\n") for line in sys.stdin]
    failed = False
    for name in names:
        try:
            compile(name, doraise=True)
        except (PyCompileError, OSError) as error:
            failed = True
            print(error, file=sys.stderr)
    sys.exit(failed)


if __name__ == "__main__":
    main()
