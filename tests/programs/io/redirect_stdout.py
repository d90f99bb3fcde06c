import sys, io
from contextlib import redirect_stdout
buf = io.StringIO()
with redirect_stdout(buf):
    print("captured")
print(repr(buf.getvalue()))
old = sys.stdout
sys.stdout = buf
print("also captured")
sys.stdout = old
print(repr(buf.getvalue()))
sys.stdout.write("written directly\n")
print(sys.stdout is sys.__stdout__, sys.stdout.encoding, sys.stdin.read())
