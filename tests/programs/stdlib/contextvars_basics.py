import contextvars
v = contextvars.ContextVar("v", default="default")
print(v.get(), v.get("given"), v.name)
token = v.set("set")
print(v.get(), token.old_value is contextvars.Token.MISSING, token.var is v)
v.reset(token)
print(v.get())
ctx = contextvars.copy_context()
def work():
    v.set("inside")
    return v.get()
print(ctx.run(work), v.get(), ctx[v], v in ctx, len(ctx))
w = contextvars.ContextVar("w")
for action in lambda: w.get(), lambda: v.reset(token), lambda: contextvars.ContextVar(5):
    try: action()
    except Exception as error: print(type(error).__name__, str(error).split(" at 0x")[0])
