# What ends a thread goes to threading.excepthook; SystemExit is silent; others go on.
import sys
import threading


def fail(kind):
    raise kind('in a thread')


def hook(args):
    print(args.exc_type.__name__, args.exc_value, args.thread.name, type(args).__name__, len(args),
          args.exc_traceback.tb_frame.f_code.co_name is not None)


threading.excepthook = hook
for kind in (ValueError, SystemExit, KeyboardInterrupt):
    thread = threading.Thread(target=fail, args=(kind,), name=f'thread of {kind.__name__}')
    thread.start()
    thread.join()
    print(thread.is_alive())
threading.excepthook = threading.__excepthook__
sys.stderr.flush()


class Collected:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text

    def flush(self):
        pass


before = sys.stderr
sys.stderr = collected = Collected()
thread = threading.Thread(target=fail, args=(LookupError,), name='plain')
thread.start()
thread.join()
sys.stderr = before
lines = collected.text.splitlines()
print(lines[0])
print(lines[1])
print(lines[-1])


def exit_quietly():
    sys.exit('not shown')


thread = threading.Thread(target=exit_quietly)
thread.start()
thread.join()
# The exception that is being handled belongs to the thread.
try:
    raise KeyError('main')
except KeyError:
    seen = []
    thread = threading.Thread(target=lambda: seen.append(sys.exc_info()))
    thread.start()
    thread.join()
    print(seen, sys.exc_info()[0].__name__)
