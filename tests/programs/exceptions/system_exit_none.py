import sys
print("exit quietly")
sys.exit()
print("never")
