colours = ['red', 'green']
colours.remove('blue')
