import types
async def co(): pass
async def ag(): yield
c = co(); c.close()
print(type(lambda: 0) is types.FunctionType, type((x for x in ())) is types.GeneratorType, type(c) is types.CoroutineType, type(ag()) is types.AsyncGeneratorType, type(len) is types.BuiltinFunctionType, type([].append) is types.BuiltinMethodType, type(types) is types.ModuleType, type(None) is types.NoneType, type(...) is types.EllipsisType, type(co.__code__) is types.CodeType)
n = types.SimpleNamespace(a=1, b="x")
n.c = [2]
print(n, n == types.SimpleNamespace(a=1, b="x", c=[2]), vars(n), types.SimpleNamespace())
try:
    n.zz
except AttributeError as error:
    print(error)
m = types.MappingProxyType({"k": 1})
print(m, m["k"], len(m), dict(m), m == {"k": 1}, m | {"z": 2})
try:
    m["k"] = 2
except TypeError as error:
    print(error)
class C: pass
c = C()
c.m = types.MethodType(lambda self, x: (self is c, x), c)
print(c.m(5))
D = types.new_class("D", (C,), {}, lambda ns: ns.update(x=1))
print(D.x, D.__bases__ == (C,), types.FunctionType((lambda a: a + 1).__code__, {})(4))
