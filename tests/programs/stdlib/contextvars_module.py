"""Context variables: defaults, tokens, contexts as mappings, running in one."""
import builtins
import contextvars
import re
from contextvars import Context, ContextVar, Token, copy_context

def print(*args):
    """Without addresses."""
    builtins.print(*(re.sub(" at 0x[0-9a-f]+", "", str(arg)) for arg in args))

def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)

color = ContextVar("color", default="grey")
size = ContextVar("size")

show(lambda: color.get())
show(lambda: color.get("mine"))
show(lambda: size.get())
show(lambda: size.get(7))
show(lambda: color.name)
print(color)
print(size)

token = color.set("red")
print(token, token.var is color, token.old_value is Token.MISSING, Token.MISSING)
second = color.set("blue")
print(second.old_value, color.get())
color.reset(second)
print(color.get(), second)
show(lambda: color.reset(second))
show(lambda: size.reset(token))
show(lambda: color.reset(3))
color.reset(token)
print(color.get())

size.set(1)
context = copy_context()
print(len(context), list(context) == [size], context[size], size in context, color in context)
print(context.get(size), context.get(color), context.get(color, "none"))
print(dict(context.items()) == {size: 1}, list(context.keys()) == [size], list(context.values()))
show(lambda: context[color])
show(lambda: context["size"])
show(lambda: "size" in context)

def work(value):
    size.set(value)
    color.set("green")
    return size.get(), color.get()

print(context.run(work, 5), size.get(), color.get())
print(context[size], context[color])
print(context == context.copy(), context == Context(), context != Context(), context == 3)
show(lambda: context.run(context.run, print))
show(lambda: context.run())
show(lambda: context.run(work))
show(lambda: Context(1))
show(lambda: Token())
show(lambda: ContextVar(1))
show(lambda: ContextVar())
show(lambda: hash(context))
show(lambda: ContextVar[int])
inner = []
context.run(lambda: inner.append(copy_context()))
print(inner[0] == context, inner[0] is context)

made = context.run(color.set, "black")
show(lambda: color.reset(made))
context.run(color.reset, made)
print(context[color])

def gen():
    yield size.get()
    yield size.get()

g = gen()
print(next(g))
print(context.run(next, g))
try:
    type("Mine", (ContextVar,), {})
except TypeError as error:
    print(error)
