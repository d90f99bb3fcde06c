# Each source, and where and how its error is reported.
sources = [
    'import a.b as\n',
    'from . import *, x\n',
    'from a import (b, c\n',
    'from a import b,\n',
    'import *\n',
    'from a import\n',
    'import a from b\n',
    'from .a.b. import c\n',
    'import a as b.c\n',
    'from a import b as 1\n',
    'def f():\n  from a import *\n',
    'import a, b as c, \n',
    'from a import ()\n',
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
