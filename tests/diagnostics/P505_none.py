total = print(1) + 2
