d = {"key": "value", "n": 3}
print(f"{d["key"]} {d['key']} {f"{f"{d["n"]}"}"}")
print(f"{'\n'.join(["a", "b"])}", f"{"#"} # not a comment")
print(f"{
    d["n"]  # a comment inside
    + 1
}")
print(f"{d["n"]:{"0"}>{5}}", f"{'a' if d["n"] else "b"!r}")
print(f"{"{}"} {'}'} {"{{"}", f"{d!r:.10}", f"{"\t"!r}", f"{'\u00e9'}")
