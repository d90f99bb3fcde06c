name = ‘Tom’
