import sys
print >>sys.stderr, 'a', 1  # to the terminal
