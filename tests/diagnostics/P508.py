for i in 3:
    print(i)
