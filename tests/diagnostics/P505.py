age = 20
print('age: ' + age)
