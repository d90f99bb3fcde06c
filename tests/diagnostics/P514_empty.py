items = []
print(items[0])
