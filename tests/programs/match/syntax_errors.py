for source in [
    "match x:\n case a: pass\n case b: pass\n",
    "match x:\n case a | b: pass\n",
    "match x:\n case [a, a]: pass\n",
    "match x:\n case [*a, *b]: pass\n",
    "match x:\n case {**r, 'k': 1}: pass\n",
    "match x:\n case {'k': 1, 'k': 2}: pass\n",
    "match x:\n case P(a=1, a=2): pass\n",
    "match x:\n case P(a=1, 2): pass\n",
    "match x:\n case f'x': pass\n",
    "match x:\n case 1 + 1: pass\n",
    "match x:\n case a.b(): pass\n case -x: pass\n",
    "match x:\n case _ as y | z: pass\n",
    "match x:\n case 1 as _: pass\n",
    "match x:\n case {x: 1}: pass\n",
    "match x:\n pass\n",
    "match x:\n case (a, b) | (b, a): pass\n",
    "match x:\n case 1 | x | 2: pass\n",
    "match x\n case 1: pass\n",
]:
    try:
        compile(source, "<t>", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.lineno, error.msg)
