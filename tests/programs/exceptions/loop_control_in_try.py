out = []
for i in range(5):
    try:
        if i == 1: continue
        if i == 3: break
        out.append(i)
    except ValueError: pass
    else: out.append("else")
    finally: out.append(f"f{i}")
print(out)
def f():
    for i in range(3):
        try:
            for j in range(3):
                try:
                    if j == 1: break
                    if i == 2: return "returned"
                finally: print("inner", i, j)
        finally: print("outer", i)
print(f())
