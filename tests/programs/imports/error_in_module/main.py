import sys
for attempt in range(2):
    try:
        import failing
    except ValueError as error:
        print("caught", error, "failing" in sys.modules)
import failing
