count = 0


def step():
    print(count)
    global count
    count += 1
