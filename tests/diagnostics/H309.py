# python: 3.13
async = True
print(async)
