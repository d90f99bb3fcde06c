# Words that are keywords in some places only.
match = case = type = _ = 1
match.case(type)
match[case] = type
match (a), b
match(a)
match * a
match - a
match: int = 1
type: int
type(x)
type = 1
type.x = type
print(match, case, type)
type X = int
type type = type
type X[T: int = str, *Ts = *a, **P = [int]] = list[T]; type Y = X
if a: type Z = X
match match:
    case case: case
    case type: type X = int
def match(case, *, type): return match
class type[T, *Ts, **P](case): pass
def f[T: (int, str)](): pass
lambda match: case
for case in match: type
