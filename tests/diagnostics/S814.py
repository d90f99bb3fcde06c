let count = 0
print(count)
