# A function that fails before the threads are waited for is told of; the others are not called.
import sys
import threading


def fail():
    raise ValueError('at the end')


def hook(unraisable):
    print(unraisable.err_msg, unraisable.object, repr(unraisable.exc_value))


sys.unraisablehook = hook
threading._register_atexit(print, 'not called')
threading._register_atexit(fail)
print('main is done')
