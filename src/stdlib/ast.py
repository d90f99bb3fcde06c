"""Syntax trees of Python programs, as objects.

The parser writes a tree as text, in the form in which `dump` shows it; `_from_text` reads that
back with a namespace in which the names of nodes make nodes. The classes are made of a table,
the abstract grammar. A tree is compiled by way of its source text, which `unparse` writes.

Source: Library Reference "ast".
"""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_OPTIMIZED_AST = 0x8000 | PyCF_ONLY_AST

_NODES = """
mod:
Module(stmt* body, type_ignore* type_ignores)
Interactive(stmt* body)
Expression(expr body)
FunctionType(expr* argtypes, expr returns)
stmt @:
FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)
Return(expr? value)
Delete(expr* targets)
Assign(expr* targets, expr value, string? type_comment)
TypeAlias(expr name, type_param* type_params, expr value)
AugAssign(expr target, operator op, expr value)
AnnAssign(expr target, expr annotation, expr? value, int simple)
For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
While(expr test, stmt* body, stmt* orelse)
If(expr test, stmt* body, stmt* orelse)
With(withitem* items, stmt* body, string? type_comment)
AsyncWith(withitem* items, stmt* body, string? type_comment)
Match(expr subject, match_case* cases)
Raise(expr? exc, expr? cause)
Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
Assert(expr test, expr? msg)
Import(alias* names)
ImportFrom(identifier? module, alias* names, int? level)
Global(identifier* names)
Nonlocal(identifier* names)
Expr(expr value)
Pass
Break
Continue
expr @:
BoolOp(boolop op, expr* values)
NamedExpr(expr target, expr value)
BinOp(expr left, operator op, expr right)
UnaryOp(unaryop op, expr operand)
Lambda(arguments args, expr body)
IfExp(expr test, expr body, expr orelse)
Dict(expr?* keys, expr* values)
Set(expr* elts)
ListComp(expr elt, comprehension* generators)
SetComp(expr elt, comprehension* generators)
DictComp(expr key, expr value, comprehension* generators)
GeneratorExp(expr elt, comprehension* generators)
Await(expr value)
Yield(expr? value)
YieldFrom(expr value)
Compare(expr left, cmpop* ops, expr* comparators)
Call(expr func, expr* args, keyword* keywords)
FormattedValue(expr value, int conversion, expr? format_spec)
JoinedStr(expr* values)
Constant(constant value, string? kind)
Attribute(expr value, identifier attr, expr_context ctx)
Subscript(expr value, expr slice, expr_context ctx)
Starred(expr value, expr_context ctx)
Name(identifier id, expr_context ctx)
List(expr* elts, expr_context ctx)
Tuple(expr* elts, expr_context ctx)
Slice(expr? lower, expr? upper, expr? step)
expr_context:
Load
Store
Del
boolop:
And
Or
operator:
Add
Sub
Mult
MatMult
Div
Mod
Pow
LShift
RShift
BitOr
BitXor
BitAnd
FloorDiv
unaryop:
Invert
Not
UAdd
USub
cmpop:
Eq
NotEq
Lt
LtE
Gt
GtE
Is
IsNot
In
NotIn
excepthandler @:
ExceptHandler(expr? type, identifier? name, stmt* body)
pattern @:
MatchValue(expr value)
MatchSingleton(constant value)
MatchSequence(pattern* patterns)
MatchMapping(expr* keys, pattern* patterns, identifier? rest)
MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
MatchStar(identifier? name)
MatchAs(pattern? pattern, identifier? name)
MatchOr(pattern* patterns)
type_ignore:
TypeIgnore(int lineno, string tag)
type_param @:
TypeVar(identifier name, expr? bound, expr? default_value)
ParamSpec(identifier name, expr? default_value)
TypeVarTuple(identifier name, expr? default_value)
-:
comprehension(expr target, expr iter, expr* ifs, int is_async)
arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults)
arg(identifier arg, expr? annotation, string? type_comment) @
keyword(identifier? arg, expr value) @
alias(identifier name, identifier? asname) @
withitem(expr context_expr, expr? optional_vars)
match_case(pattern pattern, expr? guard, stmt* body)
"""

_POSITION = ("lineno", "col_offset", "end_lineno", "end_col_offset")


class AST:
    """A node of a syntax tree."""

    _fields = ()
    _attributes = ()
    _field_types = {}
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        cls = type(self)
        fields = cls._fields
        name = cls.__name__
        if len(args) > len(fields):
            plural = "" if len(fields) == 1 else "s"
            raise TypeError(
                f"{name} constructor takes at most {len(fields)} positional argument{plural}"
            )
        missing = list(fields[len(args) :])
        for field, value in zip(fields, args):
            setattr(self, field, value)
        for field, value in kwargs.items():
            if field in fields:
                if field not in missing:
                    raise TypeError(f"{name} got multiple values for argument {field!r}")
                missing.remove(field)
            elif field not in cls._attributes:
                _warn(
                    f"{name}.__init__ got an unexpected keyword argument {field!r}. Support for "
                    "arbitrary keyword arguments is deprecated and will be removed in Python "
                    "3.15."
                )
            setattr(self, field, value)
        kinds = cls.__dict__.get("_kinds", {})
        for field in missing:
            kind = kinds.get(field)
            if kind == "*":
                setattr(self, field, [])
            elif kind == "?":
                # None is the class's value for the field.
                pass
            elif kind == "ctx":
                setattr(self, field, _singletons["Load"])
            elif kind is not None:
                _warn(
                    f"{name}.__init__ missing 1 required positional argument: {field!r}. This "
                    "will become an error in Python 3.15."
                )
            elif not hasattr(self, field):
                _warn(
                    f"Field {field!r} is missing from {name}._field_types. This will become an "
                    "error in Python 3.15."
                )

    def __reduce_ex__(self, protocol):
        return _rebuild, (type(self), dict(self.__dict__))

    def __replace__(self, **changes):
        cls = type(self)
        known = set(cls._fields) | set(cls._attributes)
        for name in changes:
            if name not in known:
                raise TypeError(
                    f"{cls.__name__}.__replace__ got an unexpected keyword argument {name!r}."
                )
        return _rebuild(cls, {**self.__dict__, **changes})


def _warn(message):
    import warnings

    warnings.warn(message, DeprecationWarning, stacklevel=3)


def _rebuild(cls, attributes):
    node = cls.__new__(cls)
    node.__dict__.update(attributes)
    return node


def _make_class(name, base, fields, has_position, doc):
    kinds, types = {}, {}
    namespace = {"__module__": "ast", "__doc__": doc}
    for type_name, field in fields:
        kind = type_name.lstrip("abcdefghijklmnopqrstuvwxyz_")[-1:]
        if type_name == "expr_context":
            kind = "ctx"
        elif kind == "?":
            namespace[field] = None
        kinds[field] = kind
        types[field] = type_name
    names = tuple(field for _, field in fields)
    namespace["_fields"] = namespace["__match_args__"] = names
    namespace["_kinds"] = kinds
    namespace["_type_names"] = types
    if has_position:
        namespace["_attributes"] = _POSITION
        namespace["end_lineno"] = namespace["end_col_offset"] = None
    return type(name, (base,), namespace)


_singletons = {}


def _make_classes():
    made = globals()
    base = AST
    has_position = False
    for line in _NODES.strip().split("\n"):
        if line.endswith(":"):
            name, _, sign = line[:-1].partition(" ")
            has_position = sign == "@"
            base = AST
            if name != "-":
                base = made[name] = _make_class(name, AST, [], has_position, name)
            continue
        text, _, sign = line.partition(") ")
        if sign:
            text += ")"
        name, _, inside = text.rstrip(")").partition("(")
        fields = [tuple(part.split(" ")) for part in inside.split(", ")] if inside else []
        cls = _make_class(name, base, fields, has_position or sign == "@", text)
        made[name] = cls
        if not fields and base.__name__ not in ("stmt", "AST"):
            _singletons[name] = cls()


_make_classes()


class _FieldTypes:
    """`_field_types`: what the fields hold, made of the names of types when asked for."""

    def __get__(self, node, cls):
        plain = {"identifier": str, "string": str, "int": int, "constant": object}
        result = {}
        for field, name in getattr(cls, "_type_names", {}).items():
            bare = name.rstrip("?*")
            kind = plain.get(bare) or globals()[bare]
            if name.endswith("*"):
                kind = list[kind]
            elif name.endswith("?"):
                kind = kind | None
            result[field] = kind
        return result


AST._field_types = _FieldTypes()


# What the text of a tree is made of.
_builders = {
    name: value
    for name, value in list(globals().items())
    if isinstance(value, type) and issubclass(value, AST)
}
_builders.update(
    (name, lambda node=node: node) for name, node in _singletons.items()
)
_builders.update(inf=float("inf"), nan=float("nan"), infj=complex(0, float("inf")))


def _from_text(text):
    """The tree that the parser wrote as text; for `compile` with the flag PyCF_ONLY_AST."""
    return eval(text, dict(_builders))


def parse(
    source,
    filename="<unknown>",
    mode="exec",
    *,
    type_comments=False,
    feature_version=None,
    optimize=-1,
):
    """
    Parse the source into an AST node.
    Equivalent to compile(source, filename, mode, PyCF_ONLY_AST).
    Pass type_comments=True to get back type comments where the syntax allows.
    """
    return compile(source, filename, mode, PyCF_ONLY_AST)


def _source(tree):
    """The text by way of which `compile` compiles a tree."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        for name in ("lineno", "col_offset"):
            if name in node._attributes and getattr(node, name, None) is None:
                kind = type(node).__mro__[-3] if type(node).__mro__[-3] is not AST else type(node)
                raise TypeError(f'required field "{name}" missing from {kind.__name__}')
        waiting.extend(reversed(list(iter_child_nodes(node))))
    return unparse(tree)


def _number(node):
    if isinstance(node, Constant) and type(node.value) in (int, float, complex):
        return node.value
    _malformed(node)


def _malformed(node):
    message = "malformed node or string"
    if line := getattr(node, "lineno", None):
        message += f" on line {line}"
    raise ValueError(message + f": {node!r}")


def _signed(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        value = _number(node.operand)
        return +value if isinstance(node.op, UAdd) else -value
    return _number(node)


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if isinstance(node, Call):
        if isinstance(node.func, Name) and node.func.id == "set" and node.args == node.keywords == []:
            return set()
    elif isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            _malformed(node)
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    elif isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left = _signed(node.left)
        right = _number(node.right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _signed(node)


def literal_eval(node_or_string):
    """
    Evaluate an expression node or a string containing only a Python
    expression.  The string or node provided may only consist of the following
    Python literal structures: strings, bytes, numbers, tuples, lists, dicts,
    sets, booleans, and None.

    Caution: A complex expression can overflow the C stack and cause a crash.
    """
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


def dump(
    node, annotate_fields=True, include_attributes=False, *, indent=None, show_empty=False
):
    """
    Return a formatted dump of the tree in node.
    """
    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {node.__class__.__name__!r}")
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def show(node, level=0):
        """The text, and whether it is simple enough for one line."""
        if indent is not None:
            level += 1
            before = "\n" + indent * level
            between = ",\n" + indent * level
        else:
            before, between = "", ", "
        if isinstance(node, AST):
            cls = type(node)
            args, waiting = [], []
            simple = True
            keywords = annotate_fields
            for name in node._fields:
                try:
                    value = getattr(node, name)
                except AttributeError:
                    keywords = True
                    continue
                if value is None and getattr(cls, name, ...) is None:
                    keywords = True
                    continue
                if not show_empty:
                    if value == []:
                        if not keywords:
                            waiting.append(repr(value))
                        continue
                    if not keywords:
                        args.extend(waiting)
                        waiting = []
                text, is_simple = show(value, level)
                simple = simple and is_simple
                args.append(f"{name}={text}" if keywords else text)
            if include_attributes and node._attributes:
                for name in node._attributes:
                    try:
                        value = getattr(node, name)
                    except AttributeError:
                        continue
                    if value is None and getattr(cls, name, ...) is None:
                        continue
                    text, is_simple = show(value, level)
                    simple = simple and is_simple
                    args.append(f"{name}={text}")
            name = cls.__name__
            if simple and len(args) <= 3:
                return f"{name}({', '.join(args)})", not args
            return f"{name}({before}{between.join(args)})", False
        if isinstance(node, list):
            if not node:
                return "[]", True
            return f"[{before}{between.join(show(item, level)[0] for item in node)}]", False
        return repr(node), True

    return show(node)[0]


def copy_location(new_node, old_node):
    """
    Copy source location (`lineno`, `col_offset`, `end_lineno`, and `end_col_offset`
    attributes) from *old_node* to *new_node* if possible, and return *new_node*.
    """
    for name in _POSITION:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            # The end may be unknown, the begin may not.
            if value is not None or (hasattr(old_node, name) and name.startswith("end_")):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """
    When you compile a node tree with compile(), the compiler expects lineno and
    col_offset attributes for every node that supports them.  This fills them in
    where they are missing, with the values of the parent node.
    """

    def fix(node, position):
        if "lineno" in node._attributes:
            position = list(position)
            for index, name in enumerate(_POSITION):
                value = getattr(node, name, None)
                if value is None:
                    setattr(node, name, position[index])
                else:
                    position[index] = value
        for child in iter_child_nodes(node):
            fix(child, position)

    fix(node, (1, 0, 1, 0))
    return node


def increment_lineno(node, n=1):
    """
    Increment the line number and end line number of each node in the tree
    starting at *node* by *n*.
    """
    for child in walk(node):
        if isinstance(child, TypeIgnore):
            child.lineno = getattr(child, "lineno", 0) + n
            continue
        if "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes:
            end = getattr(child, "end_lineno", 0)
            if end is not None:
                child.end_lineno = end + n
    return node


def iter_fields(node):
    """
    Yield a tuple of ``(fieldname, value)`` for each field in ``node._fields``
    that is present on *node*.
    """
    for field in node._fields:
        try:
            yield field, getattr(node, field)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """
    Yield all direct child nodes of *node*, that is, all fields that are nodes
    and all items of fields that are lists of nodes.
    """
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def get_docstring(node, clean=True):
    """
    Return the docstring for the given node or None if no docstring can
    be found.  If the node provided does not have docstrings a TypeError
    will be raised.
    """
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{node.__class__.__name__!r} can't have docstrings")
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    value = node.body[0].value
    if not (isinstance(value, Constant) and isinstance(value.value, str)):
        return None
    if not clean:
        return value.value
    import inspect

    return inspect.cleandoc(value.value)


def get_source_segment(source, node, *, padded=False):
    """Get source code segment of the *source* that generated *node*."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last = node.lineno - 1, node.end_lineno - 1
        start, end = node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    # Lines end as the tokenizer sees it; a form feed does not end one.
    import re

    lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", source)[: last + 1]
    if first == last:
        return lines[first].encode()[start:end].decode()
    head = lines[first].encode()
    padding = ""
    if padded:
        padding = "".join(
            c if c in "\f\t" else " " for c in head[:start].decode()
        )
    middle = lines[first + 1 : last]
    return "".join([padding + head[start:].decode(), *middle, lines[last].encode()[:end].decode()])


def walk(node):
    """
    Recursively yield all descendant nodes in the tree starting at *node*
    (including *node* itself), in no specified order.
    """
    from collections import deque

    waiting = deque([node])
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


class NodeVisitor:
    """
    A node visitor base class that walks the abstract syntax tree and calls a
    visitor function for every node found.
    """

    def visit(self, node):
        """Visit a node."""
        visitor = getattr(self, "visit_" + node.__class__.__name__, self.generic_visit)
        return visitor(node)

    def generic_visit(self, node):
        """Called if no explicit visitor function exists for a node."""
        for _, value in iter_fields(node):
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)
            elif isinstance(value, AST):
                self.visit(value)


class NodeTransformer(NodeVisitor):
    """
    A :class:`NodeVisitor` subclass that walks the abstract syntax tree and
    allows modification of nodes.
    """

    def generic_visit(self, node):
        for field, old in iter_fields(node):
            if isinstance(old, list):
                new = []
                for item in old:
                    if isinstance(item, AST):
                        item = self.visit(item)
                        if item is None:
                            continue
                        if not isinstance(item, AST):
                            new.extend(item)
                            continue
                    new.append(item)
                old[:] = new
            elif isinstance(old, AST):
                item = self.visit(old)
                if item is None:
                    delattr(node, field)
                else:
                    setattr(node, field, item)
        return node


def unparse(ast_obj):
    """The source text of a tree."""
    from _unparse import Unparser

    return Unparser().text(ast_obj)
