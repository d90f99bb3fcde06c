items = print('x')
items[0]
