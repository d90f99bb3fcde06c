first, second, third = 'ab'
