items = ['a', 'b', 'c']
print(items[3])
