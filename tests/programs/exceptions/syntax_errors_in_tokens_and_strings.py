# Each source, and where and how its error is reported.
sources = [
    "x = 'abc\n",
    'x = 08\n',
    '0x\n',
    '0b12\n',
    '0o8\n',
    '1_000_\n',
    '1__0\n',
    '5abc\n',
    '1.5e\n',
    '$\n',
    'a ? b\n',
    "'\\N{nope}'\n",
    "'\\x4'\n",
    "'\\u12'\n",
    "b'é'\n",
    '"""open\n',
    'x = “smart”\n',
    'a\\ b\n',
    'x = 1 \\\n',
    '!x\n',
    "b'a' 'b'\n",
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
