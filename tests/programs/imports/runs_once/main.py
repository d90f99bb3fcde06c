import sys
import other
import other as again
from other import counter
print(other is again, counter, sys.modules["other"] is other)
del sys.modules["other"]
import other as fresh
print(fresh is other, fresh.counter)
