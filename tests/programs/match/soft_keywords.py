match = 1
case = 2
type = 3
_ = 4
print(match, case, type, _)
def match_(match): return match
match match:
    case case: print("case is", case)
match[0] if False else print("expression")
match (1):
    case 1: print("parenthesised subject")
print(match_(match=5))
match -1:
    case -1: print("minus")
match *[1, 2], 3:
    case [*a]: print(a)
case: int = 5
print(case)
