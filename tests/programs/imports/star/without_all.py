shown, _under = 5, 6
