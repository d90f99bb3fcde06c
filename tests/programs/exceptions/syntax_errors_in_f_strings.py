# Each source, and where and how its error is reported.
sources = [
    "f'{'\n",
    "f'{}'\n",
    "f'{a b}'\n",
    "f'}'\n",
    "f'{a!x}'\n",
    "f'{a!}'\n",
    "f'{a:{'\n",
    "f'{a:{b:{c:{d}}}}'\n",
    "f'{*a}'\n",
    "f'{a=!}'\n",
    "f'{lambda x: 1}'\n",
    "f'{a\n",
    "f'{!r}'\n",
    "f'{a:x'\n",
    "f'{1 + }'\n",
    "f'{def}'\n",
    "f'{a $ b}'\n",
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
