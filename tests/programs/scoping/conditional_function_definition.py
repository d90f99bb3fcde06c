flag = True
if flag:
    def f(): return "first"
else:
    def f(): return "second"
print(f())
for i in range(2):
    def g(i=i): return i
print(g())
def f(): return "redefined"
print(f())
