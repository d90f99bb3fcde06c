print(3 < 'three')
