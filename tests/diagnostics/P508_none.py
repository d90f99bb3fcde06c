def names():
    print('none yet')


for name in names():
    print(name)
