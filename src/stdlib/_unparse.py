"""Trees as source text, for `ast.unparse`.

Expressions are written with the parentheses that their precedence asks for: each place says
how tightly what stands there must bind, and an operator that binds less is put in parentheses.

Source: Library Reference "ast", `ast.unparse`; Language Reference 6.17.
"""

import ast
from enum import IntEnum, auto


class _Level(IntEnum):
    NAMED = auto()
    TUPLE = auto()
    YIELD = auto()
    TEST = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    CMP = auto()
    EXPR = auto()
    BOR = EXPR
    BXOR = auto()
    BAND = auto()
    SHIFT = auto()
    ARITH = auto()
    TERM = auto()
    FACTOR = auto()
    POWER = auto()
    AWAIT = auto()
    ATOM = auto()

    @property
    def next(self):
        return _Level(min(self + 1, _Level.ATOM))


_BINARY = {
    ast.Add: ("+", _Level.ARITH),
    ast.Sub: ("-", _Level.ARITH),
    ast.Mult: ("*", _Level.TERM),
    ast.MatMult: ("@", _Level.TERM),
    ast.Div: ("/", _Level.TERM),
    ast.Mod: ("%", _Level.TERM),
    ast.FloorDiv: ("//", _Level.TERM),
    ast.LShift: ("<<", _Level.SHIFT),
    ast.RShift: (">>", _Level.SHIFT),
    ast.BitOr: ("|", _Level.BOR),
    ast.BitXor: ("^", _Level.BXOR),
    ast.BitAnd: ("&", _Level.BAND),
    ast.Pow: ("**", _Level.POWER),
}
_UNARY = {
    ast.Invert: ("~", _Level.FACTOR),
    ast.Not: ("not ", _Level.NOT),
    ast.UAdd: ("+", _Level.FACTOR),
    ast.USub: ("-", _Level.FACTOR),
}
_COMPARE = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_INFINITY = "1e309"


def _constant(value):
    if value is ...:
        return "..."
    if isinstance(value, (float, complex)):
        return repr(value).replace("inf", _INFINITY).replace("nan", f"({_INFINITY}-{_INFINITY})")
    if isinstance(value, tuple):
        inside = ", ".join(map(_constant, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return repr(value)


class Unparser:
    """Writes one tree."""

    def text(self, node):
        self.lines = []
        self.indent = 0
        if isinstance(node, list):
            self.block(node)
        elif isinstance(node, (ast.Module, ast.Interactive)):
            self.body(node)
        elif isinstance(node, ast.Expression):
            return self.expr(node.body, _Level.TEST)
        elif isinstance(node, ast.stmt):
            self.stmt(node)
        elif isinstance(node, ast.expr):
            return self.expr(node)
        elif isinstance(node, ast.FunctionType):
            return f"({self.comma(node.argtypes)}) -> {self.expr(node.returns)}"
        else:
            return self.other(node)
        while self.lines and not self.lines[0]:
            del self.lines[0]
        return "\n".join(self.lines)

    def other(self, node):
        if isinstance(node, ast.arguments):
            return self.arguments(node)
        if isinstance(node, ast.arg):
            return self.arg(node)
        if isinstance(node, ast.keyword):
            return self.keyword(node)
        if isinstance(node, ast.alias):
            return self.alias(node)
        if isinstance(node, ast.withitem):
            return self.withitem(node)
        if isinstance(node, ast.comprehension):
            return self.comprehensions([node])
        if isinstance(node, ast.pattern):
            return self.pattern(node)
        if isinstance(node, ast.type_param):
            return self.type_param(node)
        return ""

    def line(self, text):
        self.lines.append("    " * self.indent + text if text else "")

    # Statements.

    def body(self, node):
        """The body of a module, class or function, which may begin with a docstring."""
        statements = node.body
        if (
            statements
            and not isinstance(node, ast.Interactive)
            and ast.get_docstring(node, clean=False) is not None
        ):
            self.docstring(statements[0].value)
            statements = statements[1:]
        for statement in statements:
            self.stmt(statement)

    def docstring(self, node):
        text = node.value
        prefix = "u" if node.kind == "u" else ""
        quotes = '"""' if '"""' not in text else "'''"
        shown = []
        for char in text:
            if char == "\\":
                shown.append("\\\\")
            elif char in "\n\t" or char.isprintable():
                shown.append(char)
            else:
                shown.append(repr(char)[1:-1])
        shown = "".join(shown)
        if quotes in shown or shown.endswith(quotes[0]):
            shown = shown.replace(quotes[0], "\\" + quotes[0])
        first, *rest = f"{prefix}{quotes}{shown}{quotes}".split("\n")
        self.line(first)
        # What follows stands in the text as it is.
        self.lines.extend(rest)

    def block(self, statements):
        for statement in statements:
            self.stmt(statement)

    def inner(self, header, statements):
        self.line(header + ":")
        self.indent += 1
        self.block(statements)
        self.indent -= 1

    def stmt(self, node):
        getattr(self, "stmt_" + type(node).__name__)(node)

    def stmt_Expr(self, node):
        self.line(self.expr(node.value, _Level.YIELD))

    def stmt_FunctionDef(self, node, keyword="def"):
        self.decorated(node)
        returns = f" -> {self.expr(node.returns)}" if node.returns else ""
        params = self.type_params(node)
        self.line(f"{keyword} {node.name}{params}({self.arguments(node.args)}){returns}:")
        self.indent += 1
        self.body(node)
        self.indent -= 1

    def stmt_AsyncFunctionDef(self, node):
        self.stmt_FunctionDef(node, "async def")

    def decorated(self, node):
        self.line("")
        for decorator in node.decorator_list:
            self.line("@" + self.expr(decorator))

    def type_params(self, node):
        if not node.type_params:
            return ""
        return f"[{', '.join(map(self.type_param, node.type_params))}]"

    def type_param(self, node):
        sign = {ast.TypeVarTuple: "*", ast.ParamSpec: "**"}.get(type(node), "")
        text = sign + node.name
        if getattr(node, "bound", None):
            text += f": {self.expr(node.bound)}"
        if node.default_value:
            text += f" = {self.expr(node.default_value)}"
        return text

    def stmt_ClassDef(self, node):
        self.decorated(node)
        inside = ", ".join(
            [self.expr(base) for base in node.bases]
            + [self.keyword(keyword) for keyword in node.keywords]
        )
        bases = f"({inside})" if inside else ""
        self.line(f"class {node.name}{self.type_params(node)}{bases}:")
        self.indent += 1
        self.body(node)
        self.indent -= 1

    def stmt_Return(self, node):
        self.line("return" + (" " + self.expr(node.value) if node.value else ""))

    def stmt_Delete(self, node):
        self.line("del " + self.comma(node.targets))

    def stmt_Assign(self, node):
        targets = "".join(self.expr(target, _Level.TUPLE) + " = " for target in node.targets)
        self.line(targets + self.expr(node.value))

    def stmt_TypeAlias(self, node):
        self.line(f"type {self.expr(node.name)}{self.type_params(node)} = {self.expr(node.value)}")

    def stmt_AugAssign(self, node):
        sign = _BINARY[type(node.op)][0]
        self.line(f"{self.expr(node.target)} {sign}= {self.expr(node.value)}")

    def stmt_AnnAssign(self, node):
        target = self.expr(node.target)
        if not node.simple and isinstance(node.target, ast.Name):
            target = f"({target})"
        value = f" = {self.expr(node.value)}" if node.value else ""
        self.line(f"{target}: {self.expr(node.annotation)}{value}")

    def stmt_For(self, node, keyword="for"):
        target = self.expr(node.target, _Level.TUPLE)
        self.inner(f"{keyword} {target} in {self.expr(node.iter)}", node.body)
        if node.orelse:
            self.inner("else", node.orelse)

    def stmt_AsyncFor(self, node):
        self.stmt_For(node, "async for")

    def stmt_While(self, node):
        self.inner(f"while {self.expr(node.test)}", node.body)
        if node.orelse:
            self.inner("else", node.orelse)

    def stmt_If(self, node):
        keyword = "if"
        while True:
            self.inner(f"{keyword} {self.expr(node.test)}", node.body)
            if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                node = node.orelse[0]
                keyword = "elif"
                continue
            if node.orelse:
                self.inner("else", node.orelse)
            return

    def stmt_With(self, node, keyword="with"):
        self.inner(f"{keyword} {', '.join(map(self.withitem, node.items))}", node.body)

    def stmt_AsyncWith(self, node):
        self.stmt_With(node, "async with")

    def withitem(self, node):
        text = self.expr(node.context_expr)
        if node.optional_vars:
            text += f" as {self.expr(node.optional_vars)}"
        return text

    def stmt_Match(self, node):
        self.line(f"match {self.expr(node.subject)}:")
        self.indent += 1
        for case in node.cases:
            guard = f" if {self.expr(case.guard)}" if case.guard else ""
            self.inner(f"case {self.pattern(case.pattern, _Level.NAMED)}{guard}", case.body)
        self.indent -= 1

    def stmt_Raise(self, node):
        text = "raise"
        if node.exc:
            text += " " + self.expr(node.exc)
            if node.cause:
                text += " from " + self.expr(node.cause)
        self.line(text)

    def stmt_Try(self, node, keyword="except"):
        self.inner("try", node.body)
        for handler in node.handlers:
            text = keyword
            if handler.type:
                text += " " + self.expr(handler.type)
            if handler.name:
                text += " as " + handler.name
            self.inner(text, handler.body)
        if node.orelse:
            self.inner("else", node.orelse)
        if node.finalbody:
            self.inner("finally", node.finalbody)

    def stmt_TryStar(self, node):
        self.stmt_Try(node, "except*")

    def stmt_Assert(self, node):
        message = f", {self.expr(node.msg)}" if node.msg else ""
        self.line(f"assert {self.expr(node.test)}{message}")

    def alias(self, node):
        return node.name + (f" as {node.asname}" if node.asname else "")

    def stmt_Import(self, node):
        self.line("import " + ", ".join(map(self.alias, node.names)))

    def stmt_ImportFrom(self, node):
        module = "." * (node.level or 0) + (node.module or "")
        self.line(f"from {module} import {', '.join(map(self.alias, node.names))}")

    def stmt_Global(self, node):
        self.line("global " + ", ".join(node.names))

    def stmt_Nonlocal(self, node):
        self.line("nonlocal " + ", ".join(node.names))

    def stmt_Pass(self, node):
        self.line("pass")

    def stmt_Break(self, node):
        self.line("break")

    def stmt_Continue(self, node):
        self.line("continue")

    # Patterns.

    def pattern(self, node, level=_Level.TEST):
        if isinstance(node, ast.MatchValue):
            return self.expr(node.value)
        if isinstance(node, ast.MatchSingleton):
            return _constant(node.value)
        if isinstance(node, ast.MatchSequence):
            return f"[{', '.join(map(self.pattern, node.patterns))}]"
        if isinstance(node, ast.MatchStar):
            return "*" + (node.name or "_")
        if isinstance(node, ast.MatchMapping):
            parts = [
                f"{self.expr(key)}: {self.pattern(value)}"
                for key, value in zip(node.keys, node.patterns)
            ]
            if node.rest is not None:
                parts.append(f"**{node.rest}")
            return f"{{{', '.join(parts)}}}"
        if isinstance(node, ast.MatchClass):
            parts = [self.pattern(part) for part in node.patterns]
            parts += [
                f"{name}={self.pattern(part)}"
                for name, part in zip(node.kwd_attrs, node.kwd_patterns)
            ]
            return f"{self.expr(node.cls, _Level.ATOM)}({', '.join(parts)})"
        if isinstance(node, ast.MatchAs):
            if node.name is None:
                return "_"
            if node.pattern is None:
                return node.name
            text = f"{self.pattern(node.pattern, _Level.BOR)} as {node.name}"
            return f"({text})" if level > _Level.TEST else text
        text = " | ".join(self.pattern(part, _Level.BOR.next) for part in node.patterns)
        return f"({text})" if level > _Level.BOR else text

    # Expressions.

    def comma(self, nodes, level=_Level.TEST):
        return ", ".join(self.expr(node, level) for node in nodes)

    def expr(self, node, level=_Level.TEST):
        """The text of an expression at a place that wants at least this level."""
        text, own = getattr(self, "expr_" + type(node).__name__)(node)
        return f"({text})" if own < level else text

    def expr_Name(self, node):
        return node.id, _Level.ATOM

    def expr_Constant(self, node):
        text = _constant(node.value)
        if node.kind == "u":
            text = "u" + text
        return text, _Level.ATOM

    def expr_NamedExpr(self, node):
        target = self.expr(node.target, _Level.ATOM)
        return f"{target} := {self.expr(node.value, _Level.ATOM)}", _Level.NAMED

    def expr_BoolOp(self, node):
        word, own = (" and ", _Level.AND) if isinstance(node.op, ast.And) else (" or ", _Level.OR)
        level = own
        texts = []
        # Each operand is asked to bind tighter than the one before.
        for value in node.values:
            level = level.next
            texts.append(self.expr(value, level))
        return word.join(texts), own

    def expr_BinOp(self, node):
        sign, own = _BINARY[type(node.op)]
        if isinstance(node.op, ast.Pow):
            left, right = own.next, own
        else:
            left, right = own, own.next
        return f"{self.expr(node.left, left)} {sign} {self.expr(node.right, right)}", own

    def expr_UnaryOp(self, node):
        sign, own = _UNARY[type(node.op)]
        return sign + self.expr(node.operand, own), own

    def expr_Lambda(self, node):
        arguments = self.arguments(node.args)
        space = " " if arguments else ""
        return f"lambda{space}{arguments}: {self.expr(node.body)}", _Level.TEST

    def expr_IfExp(self, node):
        body = self.expr(node.body, _Level.TEST.next)
        test = self.expr(node.test, _Level.TEST.next)
        return f"{body} if {test} else {self.expr(node.orelse)}", _Level.TEST

    def expr_Dict(self, node):
        parts = [
            f"**{self.expr(value, _Level.EXPR)}"
            if key is None
            else f"{self.expr(key)}: {self.expr(value)}"
            for key, value in zip(node.keys, node.values)
        ]
        return f"{{{', '.join(parts)}}}", _Level.ATOM

    def expr_Set(self, node):
        # There is no literal for the empty set.
        return f"{{{self.comma(node.elts) if node.elts else '*()'}}}", _Level.ATOM

    def expr_List(self, node):
        return f"[{self.comma(node.elts)}]", _Level.ATOM

    def expr_Tuple(self, node):
        if not node.elts:
            return "()", _Level.ATOM
        text = self.comma(node.elts)
        return text + "," if len(node.elts) == 1 else text, _Level.TUPLE

    def comprehensions(self, generators):
        out = []
        for each in generators:
            keyword = "async for" if each.is_async else "for"
            target = self.expr(each.target, _Level.TUPLE)
            out.append(f" {keyword} {target} in {self.expr(each.iter, _Level.TEST.next)}")
            out.extend(f" if {self.expr(test, _Level.TEST.next)}" for test in each.ifs)
        return "".join(out)

    def expr_ListComp(self, node):
        return f"[{self.expr(node.elt)}{self.comprehensions(node.generators)}]", _Level.ATOM

    def expr_SetComp(self, node):
        return f"{{{self.expr(node.elt)}{self.comprehensions(node.generators)}}}", _Level.ATOM

    def expr_GeneratorExp(self, node):
        return f"({self.expr(node.elt)}{self.comprehensions(node.generators)})", _Level.ATOM

    def expr_DictComp(self, node):
        pair = f"{self.expr(node.key)}: {self.expr(node.value)}"
        return f"{{{pair}{self.comprehensions(node.generators)}}}", _Level.ATOM

    def expr_Await(self, node):
        return f"await {self.expr(node.value, _Level.ATOM)}", _Level.AWAIT

    def expr_Yield(self, node):
        value = f" {self.expr(node.value, _Level.ATOM)}" if node.value else ""
        return "yield" + value, _Level.YIELD

    def expr_YieldFrom(self, node):
        return f"yield from {self.expr(node.value, _Level.ATOM)}", _Level.YIELD

    def expr_Compare(self, node):
        text = self.expr(node.left, _Level.CMP.next)
        for op, right in zip(node.ops, node.comparators):
            text += f" {_COMPARE[type(op)]} {self.expr(right, _Level.CMP.next)}"
        return text, _Level.CMP

    def keyword(self, node):
        name = "**" if node.arg is None else f"{node.arg}="
        return name + self.expr(node.value)

    def expr_Call(self, node):
        parts = [self.expr(arg) for arg in node.args] + list(map(self.keyword, node.keywords))
        return f"{self.expr(node.func, _Level.ATOM)}({', '.join(parts)})", _Level.ATOM

    def expr_Starred(self, node):
        return "*" + self.expr(node.value, _Level.EXPR), _Level.ATOM

    def expr_Attribute(self, node):
        value = self.expr(node.value, _Level.ATOM)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, int):
            # A dot right behind a number would belong to it.
            value += " "
        return f"{value}.{node.attr}", _Level.ATOM

    def expr_Subscript(self, node):
        index = node.slice
        if isinstance(index, ast.Tuple) and index.elts:
            inside = self.expr(index, _Level.TUPLE)
        else:
            inside = self.expr(index)
        return f"{self.expr(node.value, _Level.ATOM)}[{inside}]", _Level.ATOM

    def expr_Slice(self, node):
        text = (self.expr(node.lower) if node.lower else "") + ":"
        if node.upper:
            text += self.expr(node.upper)
        if node.step:
            text += ":" + self.expr(node.step)
        return text, _Level.ATOM

    def arg(self, node):
        return node.arg + (f": {self.expr(node.annotation)}" if node.annotation else "")

    def arguments(self, node):
        parts = []
        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        for index, (arg, default) in enumerate(zip(plain, defaults), 1):
            text = self.arg(arg)
            parts.append(f"{text}={self.expr(default)}" if default else text)
            if index == len(node.posonlyargs):
                parts.append("/")
        if node.vararg or node.kwonlyargs:
            parts.append("*" + (self.arg(node.vararg) if node.vararg else ""))
        for arg, default in zip(node.kwonlyargs, node.kw_defaults):
            text = self.arg(arg)
            parts.append(f"{text}={self.expr(default)}" if default else text)
        if node.kwarg:
            parts.append("**" + self.arg(node.kwarg))
        return ", ".join(parts)

    # f-strings.

    def expr_JoinedStr(self, node):
        pieces = []
        for value in node.values:
            pieces.append(self.fstring_part(value))
        return "f" + self.quoted(pieces), _Level.ATOM

    def quoted(self, pieces):
        """The literal of pieces, which are pairs of a text and whether it is a constant."""
        texts = []
        for text, is_constant in pieces:
            if is_constant:
                text = "".join(
                    c if c.isprintable() and c != "\\" else repr(c)[1:-1] for c in text
                )
            texts.append(text)
        whole = "".join(texts)
        for quotes in ("'", '"', "'''", '"""'):
            if quotes not in whole and not whole.endswith(quotes[0]):
                return quotes + whole + quotes
        escaped = "".join(
            text.replace("'", "\\'") if is_constant else text
            for (_, is_constant), text in zip(pieces, texts)
        )
        return f"'''{escaped}'''"

    def fstring_part(self, node):
        if isinstance(node, ast.Constant):
            return node.value.replace("{", "{{").replace("}", "}}"), True
        if isinstance(node, ast.JoinedStr):
            return "".join(self.fstring_part(value)[0] for value in node.values), True
        inside = self.expr(node.value, _Level.TEST.next)
        if inside.startswith("{"):
            inside = " " + inside
        text = "{" + inside
        if node.conversion != -1:
            text += "!" + chr(node.conversion)
        if node.format_spec:
            text += ":" + self.fstring_part(node.format_spec)[0]
        return text + "}", False

    def expr_FormattedValue(self, node):
        return "f" + self.quoted([self.fstring_part(node)]), _Level.ATOM
