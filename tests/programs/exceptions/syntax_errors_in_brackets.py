# Each source, and where and how its error is reported.
sources = [
    'x = (1,\n',
    '(]\n',
    ')\n',
    '[1, 2\n3]\n',
    "{'a': 1, 'b'}\n",
    '{1: 2, **3\n',
    'f(1\ny = 2\n',
    'x = [1, 2, (3, 4]\n',
    '{1:}\n',
    '{:1}\n',
    '{1: *a}\n',
    "{'a' 1}\n",
    '[1 2]\n',
    '(1 2)\n',
    'foo(a b)\n',
    'x[1 2]\n',
    '[,]\n',
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
