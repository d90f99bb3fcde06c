x = 1
total = x + + * 2
print("never")
