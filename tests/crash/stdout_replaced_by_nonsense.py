# allows: OK
import sys
for nonsense in 5, object(), print:
    real, sys.stdout = sys.stdout, nonsense
    try:
        print("x")
    except AttributeError as error:
        sys.stdout = real
        print(error)
    sys.stdout = real
