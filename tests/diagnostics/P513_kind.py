ages = {1: 'one'}
print(ages['1'])
