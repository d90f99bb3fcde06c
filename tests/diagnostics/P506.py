list = [1, 2, 3]
print(list(range(3)))
