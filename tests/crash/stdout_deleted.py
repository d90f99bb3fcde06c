# allows: OK RuntimeError
import sys
del sys.stdout
print("x")
