improt os

def numbers():
    yeild 1
    x = yeild 2
    retrun x

asynch def work():
    awiat numbers()

i = 0
whlie i < 3 && i >= 0:
    i++
if not i:
    pass
else if i == 2 || !i:
    pass
esle:
    print(i os)
whlie i < 1:
    pass
