numbers = [3, 1, 2].sort()
numbers.append(4)
