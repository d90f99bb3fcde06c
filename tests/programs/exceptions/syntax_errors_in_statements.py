# Each source, and where and how its error is reported.
sources = [
    "print 'hello'\n",
    "exec 'x'\n",
    'a = 5 5\n',
    'return 5\n',
    'break\n',
    'continue\n',
    'yield 1\n',
    'await x\n',
    '1 +\n',
    'x == = 1\n',
    'if x = 1: pass\n',
    'if x.y = 1: pass\n',
    'while x = 1: pass\n',
    'del\n',
    'raise from x\n',
    'raise x from\n',
    'with open(x) as 1: pass\n',
    '@\ndef f(): pass\n',
    'global x = 1\n',
    'global\n',
    'pass pass\n',
    'a b c\n',
    'assert\n',
    'x: int: 5\n',
    '(x, y): int = 1\n',
    '[x]: int\n',
    'x += \n',
    'x =\n',
    'not = 1\n',
    'for 1 in x: pass\n',
    'for f() in x: pass\n',
    'for x in: pass\n',
    'x ++\n',
    'x--\n',
    'a <> b\n',
    'a && b\n',
    'a || b\n',
    '!a\n',
    'x = yield = 1\n',
    'from __future__ import nothing\n',
    'x = 1\nfrom __future__ import annotations\n',
    'return\n',
    'class C:\n  return 1\n',
    'def f():\n  break\n',
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
