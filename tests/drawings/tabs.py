def f(x):
	if x:
		return 1 /	0
	y = "a	b" + 1
f(1)
