def down(n):
    return even(n - 1)
def even(n):
    if n == 0:
        return 1 / 0
    return down(n)
down(400)
