import json
data = {"a": [1, 2.5, None, True], "b": {"c": "text é \" \n"}, "d": [], "e": {}}
text = json.dumps(data)
print(text, json.loads(text) == data)
print(json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False), json.dumps([1, {"x": 2}], separators=(",", ":")), json.dumps({1: 2, None: 3, True: 4}), json.dumps(float("nan")), json.dumps("é\u2028"), json.dumps(1e100), json.dumps((1, 2)))
for bad in "{", "[1,]", "nope", '{"a" 1}', '"open', "1 2", "", "{'a': 1}", '"\\x"':
    try:
        json.loads(bad)
    except json.JSONDecodeError as error:
        print(error)
for value in {1, 2}, object, {(1, 2): 3}, 1j:
    try:
        json.dumps(value)
    except TypeError as error:
        print(error)
print(json.dumps({1, 2}, default=sorted), json.loads("[1.0, -0, 1E3, 12345678901234567890]", parse_float=str), json.loads('{"a": 1}', object_hook=lambda d: sorted(d.items())))
