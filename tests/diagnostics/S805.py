price = 3
price * 2 = total
