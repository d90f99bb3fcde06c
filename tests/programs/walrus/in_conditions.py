data = [1, 5, 10]
if (n := len(data)) > 2: print("long", n)
while (item := data.pop()) > 1: print(item)
print("stopped at", item)
print([y := 5, y ** 2], (z := 3) + z, (a := (b := 2) + 1), a, b)
print(f"{(w := 7)}", f"{w:=5}", w)
def f(x, y): return x, y
print(f(q := 1, y=(r := 2)), q, r)
