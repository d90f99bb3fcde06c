# Each source, and where and how its error is reported.
sources = [
    'if x\n    pass\n',
    'if True:\nx = 1\n',
    'for i in range(3)\n  pass\n',
    'while True print(1)\n',
    'class C\n',
    'class C:\n',
    'def f():\n',
    'def f()\n  pass\n',
    'else: pass\n',
    'elif x: pass\n',
    'try:\n  pass\nx = 1\n',
    'with x\n  pass\n',
    '  x = 1\n',
    'def f():\n\tx = 1\n        y = 2\n',
    'if x:\n  a\n   b\n',
    'if x:\n    a\n  b\n',
    'for x in y:\n',
    'try:\n',
    'try:\n  pass\nfinally:\n',
    'if x:\n  pass\nelse:\n',
    'while x:\npass\n',
    'match x:\ncase 1:\n',
    'lambda x\n',
    'for x range(3): pass\n',
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
