2nd = 'second'
