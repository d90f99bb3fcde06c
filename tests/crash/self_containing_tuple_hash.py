# allows: TypeError RecursionError
l = []
t = (l,)
l.append(t)
print(t)
hash(t)
