x = True
if !x:
    print('no')
