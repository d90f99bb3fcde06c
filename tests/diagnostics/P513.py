ages = {'Tom': 20}
print(ages['tom'])
