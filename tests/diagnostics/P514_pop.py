items = []
items.pop()
