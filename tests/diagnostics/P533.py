places = {[0, 0]: 'origin'}
