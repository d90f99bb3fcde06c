print("hello".translate(str.maketrans("el", "ip")), "hello".translate(str.maketrans("", "", "l")), "hello".translate(str.maketrans({"h": "J", "l": None, 111: "0!"})), "abc".translate({97: 65, 98: "BB", 99: None}))
class Table:
    def __getitem__(self, key): return chr(key).upper() if key % 2 else key
print("abcd".translate(Table()), str.maketrans("ab", "xy", "c"))
for action in (
    lambda: str.maketrans("a", "bc"),
    lambda: str.maketrans({"ab": 1}),
    lambda: "a".translate({97: -1}),
    lambda: str.maketrans(5),
    lambda: "a".translate({97: 1.5}),
):
    try:
        action()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
