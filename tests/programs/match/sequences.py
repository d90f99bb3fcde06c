def f(x):
    match x:
        case [1, *_, 9]: return "1..9"
        case [*head, "end"]: return f"head {head}"
        case [_, [inner, _], *_]: return f"inner {inner}"
        case (a, b): return f"pair {a} {b}"
        case [*all_]: return f"list {all_}"
print(f([1, 9]), f((1, 2, 9)), f([4, 5, "end"]), f([0, [7, 8]]), f([3, 4]), f([1]), f([]), sep="; ")
match 1, 2:
    case x, y: print(x, y)
match [1, [2, [3]]]:
    case [a, [b, [c]]]: print(a, b, c)
from collections import deque
match deque([1, 2]):
    case [a, b]: print("deque", a, b)
class MySeq:
    def __len__(self): return 2
    def __getitem__(self, i): return i
match MySeq():
    case [a, b]: print("never")
    case _: print("not a registered sequence")
