ages = {'Tom': 3}
print(ages.has_key('Tom'))
