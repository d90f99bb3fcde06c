x = 5
if x > 0 && x < 10:
    print('one digit')
