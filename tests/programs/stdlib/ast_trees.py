"""Trees: parse, dump, literal_eval, walk, visitors, locations, unparse, compile."""
import ast
import pickle

source = '''"""Doc."""
import os, sys as system
from . import x
from ..a.b import (c as d, e)

@decorator(1, *args, key=2, **kw)
class C[T: int](Base, metaclass=M):
    """Class doc."""
    x: int = 1
    (y): str

    async def f(self, a, /, b: int = 2, *args, c, d=3, **kw) -> None:
        async for i in aiter():
            await i
        async with a as b, c:
            yield i
        return [x async for x in y if x if z]

def g():
    global p, q
    try:
        pass
    except (A, B) as e:
        raise X from e
    except* C:
        raise
    else:
        x = yield
    finally:
        del a, b[0]
    while x < y <= z != 1:
        if (n := 10) > 5 and not a or b:
            break
        elif c is not None in d:
            continue
        else:
            assert x, "msg"
    for a, *b in c:
        x += -1 ** 2
    else:
        x = y = (1,)
    return lambda x, *y: (yield), {1: 2, **d}, {1, 2}, {k: v for k, v in z}
type Alias[*Ts, **P] = list[Ts]
match p:
    case [1, *rest, -2.5] | {"k": v, **other} if v:
        ...
    case Point(x=0, y=None) as pt:
        x = f"a{b!r:>{w}}c{{}}" + 'it\\'s' + b"bytes" + 1j + 1e309
    case str() | a.b | _:
        x[1:2, ::3, ...] @= y.z(*a) if t else (a, b)
'''.replace("    except* C:\n        raise\n", "")
tree = ast.parse(source)
print(ast.dump(tree, indent=2))
print(ast.dump(ast.parse("a + 1", mode="eval"), include_attributes=True), ast.dump(ast.parse("f(x)"), annotate_fields=False), ast.dump(ast.parse("x = 1"), show_empty=True))
text = ast.unparse(tree)
print(text)
print(ast.dump(ast.parse(text)) == ast.dump(tree))
for expression in [
    "a if b else c", "(a, b)", "a, b", "-a ** -b", "(-a) ** b", "not (a and b) or c", "a < b < c", "(a := 1)", "lambda: (yield)", "[*a, b]", "{**a}", "f(x for x in y)", "(x for x in y)[0]",
    "1 .real", "1.5.real", "a.b[c](d)", "a[1:2]", "a[(1, 2)]", "a[*b]", "await x", "(await x)()", "'a' \"b'\"", "f'{x}'", "f'{x!r}'", "f'{x:{y}}'", "f'{{}}'", "f'{a}{b:02d}'", "b'x\\x00'", "a or (b or c)",
    "(a or b) or c", "a - (b - c)", "a ** b ** c", "(a ** b) ** c", "~-a", "not not a", "(yield)", "{*()}", "()", "(1,)", "...", "1e400", "u'x'", "a @ b // c", "a << b | c ^ d & e", "(lambda x: x)(1)", "{'a': 1, **b}",
]:
    print(expression, "->", ast.unparse(ast.parse(expression)))
for text in ["1", "-1", "1+2j", "[1, (2,), {3: 'a'}, {4}, None, True, b'x', set()]", "a", "1+1", "f()", "'a' 'b'", "  1", "{**a}", "-'a'", "1j+1", "1 if 2 else 3", ""]:
    try:
        print(repr(text), ast.literal_eval(text))
    except (ValueError, SyntaxError) as error:
        print(repr(text), type(error).__name__, str(error).split(" object at")[0])


class Names(ast.NodeVisitor):
    def visit_Name(self, node):
        print(node.id, type(node.ctx).__name__, node.lineno, node.col_offset, end="; ")


Names().visit(ast.parse("x = y + z(w)"))
print()


class Double(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)

    def visit_Pass(self, node):
        return None


new = Double().visit(ast.parse("pass\nx = 1 + 20\nprint(x)"))
print(ast.unparse(new), [type(n).__name__ for n in ast.walk(new)])
exec(compile(ast.fix_missing_locations(new), "<tree>", "exec"))
product = ast.Expression(ast.BinOp(ast.Constant(2), ast.Mult(), ast.Constant(21)))
try:
    compile(product, "<e>", "eval")
except TypeError as error:
    print(error)
print(eval(compile(ast.fix_missing_locations(product), "<e>", "eval")))
node = ast.Name("x")
print(node.id, type(node.ctx), node._fields, node._attributes, ast.Name.__doc__, ast.FunctionDef._field_types["body"], ast.arg("a").annotation, ast.List().elts, node.__match_args__)
print(ast.get_docstring(tree), ast.get_docstring(tree.body[4]), [f for f, _ in ast.iter_fields(tree.body[4])])
print(ast.get_source_segment(source, tree.body[1]), ast.increment_lineno(ast.parse("a"), 5).body[0].lineno, issubclass(ast.Name, ast.expr), ast.expr.__mro__)
print(ast.dump(pickle.loads(pickle.dumps(ast.parse("a+b")))))
for make in [lambda: ast.Name(1, 2, 3), lambda: ast.Name("a", id="b"), lambda: ast.dump(1), lambda: ast.parse("a b"), lambda: ast.parse("1", mode="x"), lambda: ast.get_docstring(node)]:
    try:
        make()
    except Exception as error:
        print(type(error).__name__, error)
match ast.parse("1 + 2").body[0].value:
    case ast.BinOp(ast.Constant(a), ast.Add(), ast.Constant(b)):
        print(a, b)
