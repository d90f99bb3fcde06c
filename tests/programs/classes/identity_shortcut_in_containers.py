# Containers test identity before equality.
nan = float("nan")
class Never:
    def __eq__(self, o): return False
    def __hash__(self): return 1
n = Never()
print(nan in [nan], [nan] == [nan], nan == nan, n in [n], n in {n}, {n: 1}[n], [n].index(n), [n, n].count(n), (n,) == (n,))
