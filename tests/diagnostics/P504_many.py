def double(x):
    return 2 * x


double(1, 2)
