import inspect
def f(a, b=2, /, c=3, *args, d, e=5, **kw) -> int:
    """Doc of f.

        indented
    """
    yield
class C:
    def m(self): pass
    async def am(self): pass
async def ag(): yield
for expression in r"""
str(inspect.signature(f)), list(inspect.signature(f).parameters), inspect.signature(f).parameters["d"].kind.name, inspect.signature(f).return_annotation
str(inspect.signature(C().m)), str(inspect.signature(C)), str(inspect.signature(lambda x, *, y=1: 0))
inspect.isfunction(f), inspect.isgeneratorfunction(f), inspect.ismethod(C().m), inspect.isclass(C), inspect.isbuiltin(len), inspect.ismodule(inspect), inspect.iscoroutinefunction(C.am), inspect.isasyncgenfunction(ag), inspect.isroutine(len)
inspect.getdoc(f), inspect.getmro(C), inspect.cleandoc("  a\n    b\n    c")
inspect.signature(f).bind(1, d=4).arguments, inspect.getfullargspec(f).args
inspect.signature(f).bind(1)
inspect.signature(5)
inspect.getattr_static(C, "m").__name__, inspect.unwrap(f) is f, inspect.isabstract(C), inspect.isdatadescriptor(property())
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
print([n for n, _ in inspect.getmembers(C, inspect.isfunction)], inspect.currentframe().f_lineno, inspect.currentframe().f_code.co_name)
