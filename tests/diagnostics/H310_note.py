# plain: none
import time
print(time.clock() >= 0)
