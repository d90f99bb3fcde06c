class Custom(Exception):
    pass
class Nested:
    class Deep(Exception):
        def __str__(self): return ""
print("custom without text")
try:
    raise Custom
except Custom:
    raise Nested.Deep("ignored")
