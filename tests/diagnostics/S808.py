class = 'first'
print(class)
