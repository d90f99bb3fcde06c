f = 1
for n in range(1, 61):
    f *= n
print(f)
a, b = 0, 1
for _ in range(300):
    a, b = b, a + b
print(a)
e = sum(10 ** 60 // __import__("math").factorial(k) for k in range(50))
print(e)
print(sum(map(int, str(2 ** 1000))), 100 ** 50 % 97, (10 ** 40 + 1) // 7)
