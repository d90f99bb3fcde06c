for expression in """
{"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} == {"a": 1.0}, {"a": 1} != {"a": 2}, {} == [], {1: 2} == {1.0: 2}, {"a": {"b": []}} == {"a": {"b": []}}, {"a": 1} == {"b": 1}
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): print("hash", self.n); return self.n % 2
    def __eq__(self, o): print("eq", self.n, o.n); return self.n == o.n
    def __repr__(self): return f"K{self.n}"
d = {K(1): "one"}
d[K(3)] = "three"
print(d[K(1)], K(5) in d)
d[K(1)] = "replaced"
print(d)
