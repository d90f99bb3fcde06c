name = 'Tom'
print(f'hello {name')
