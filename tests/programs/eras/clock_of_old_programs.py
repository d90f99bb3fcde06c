# oracle: 3.7
import warnings

warnings.simplefilter("ignore")
import time

start = time.clock()
sum(range(1000))
print(type(start).__name__, time.clock() >= start)
