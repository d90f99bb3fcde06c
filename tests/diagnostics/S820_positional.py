print(sep=' ', 'a')
