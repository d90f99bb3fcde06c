ages = {'Tom': 20, 'Ann': 30}
for name in ages:
    if ages[name] < 25:
        del ages[name]
