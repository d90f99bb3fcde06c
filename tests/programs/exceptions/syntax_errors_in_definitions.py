# Each source, and where and how its error is reported.
sources = [
    'def f(:\n',
    'def f(a, a): pass\n',
    'def f(*): pass\n',
    'def f(*, **k): pass\n',
    'def f(**k, a): pass\n',
    'def f(a=1, b): pass\n',
    'def f(*a, *b): pass\n',
    'def f(a, /, b, /): pass\n',
    'def f(/): pass\n',
    'def f(*, a, /): pass\n',
    'def f(*a=1): pass\n',
    'def f(**k=1): pass\n',
    'def f(a.b): pass\n',
    'def f((a, b)): pass\n',
    'def f(1): pass\n',
    'def f(a: ): pass\n',
    'def f(a=): pass\n',
    'def (): pass\n',
    'def 1f(): pass\n',
    'lambda x=1, y: 0\n',
    'lambda *: 0\n',
    'lambda (a): 0\n',
    'class C(: pass\n',
    'class 1: pass\n',
    'async x\n',
    'def None(): pass\n',
    'def f(True): pass\n',
    'class C(x for x in y): pass\n',
    'def f(__debug__): pass\n',
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(repr(source), type(error).__name__, *place, error.msg)
