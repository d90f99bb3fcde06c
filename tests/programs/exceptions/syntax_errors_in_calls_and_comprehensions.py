# Each source, and where and how its error is reported.
sources = [
    'f(a=1, 2)\n',
    'f(**a, *b)\n',
    'f(**a, b)\n',
    'f(a, b=1, b=2)\n',
    'f(x for x in y, 1)\n',
    'f(1, x for x in y)\n',
    'f(a.b=1)\n',
    'f(1=2)\n',
    'f(True=1)\n',
    'f(a=)\n',
    'print(a = )\n',
    'f(a := 1 for x in y)\n',
    'f(**)\n',
    'f(a, , b)\n',
    '{**a for a in b}\n',
    '(*a for a in b)\n',
    '[*a for a in b]\n',
    '[x for x in 1, 2]\n',
    '[x, y for x in z]\n',
    '[x for 1 in y]\n',
    '[for x in y]\n',
    '{x: y, z for x in w}\n',
    '[x if y for z in w]\n',
    '1 if 2\n',
    'x if y else\n',
    '(a, b for c in d)\n',
    'a if b else c = 1\n',
    '{**a: 1}\n',
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
