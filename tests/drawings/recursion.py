import sys
sys.setrecursionlimit(3000)
def down(n):
    if n == 0:
        return 1 / 0
    return down(n - 1)
down(1000)
