# The traceback folds the repeated lines.
import sys
sys.setrecursionlimit(60)
def f(): f()
try:
    f()
except RecursionError as error:
    text = sys.modules and error.__traceback__
    count = 0
    while text:
        count += 1
        text = text.tb_next
    print(count > 50)
