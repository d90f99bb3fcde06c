def count_down(n):
    count_down(n - 1)


count_down(3)
