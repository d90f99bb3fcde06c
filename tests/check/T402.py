print(“he said "hi"”)
print(‘it’)
x = “never closed
