import importlib
m = importlib.import_module("pkg.inner")
print(m.__name__, m.where, importlib.import_module(".inner", "pkg") is m, __import__("pkg").__name__, __import__("pkg.inner").__name__, __import__("pkg.inner", fromlist=["x"]).__name__)
m.where = "changed"
print(importlib.reload(m).where)
try:
    importlib.import_module("nope.x")
except ModuleNotFoundError as error:
    print(error)
