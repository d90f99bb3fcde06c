# allows: OK
import sys
sys.stderr = None
class Bad:
    def __del__(self):
        1 / 0
Bad()
print("fine")
