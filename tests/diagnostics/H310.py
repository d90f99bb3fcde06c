# python: 3.13
import time

start = time.clock()
print(time.clock() >= start)
