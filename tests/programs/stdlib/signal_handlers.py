"""Handlers of signals run between two instructions; alarms; the names of signals."""
import os
import signal
import time


def handler(number, frame):
    print("got", signal.Signals(number).name, frame.f_code.co_name)


print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM))
print(repr(signal.signal(signal.SIGUSR1, handler)), signal.getsignal(10) is handler)
signal.raise_signal(signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGUSR1)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
signal.raise_signal(signal.SIGUSR1)
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.02)
begin = time.monotonic()
time.sleep(0.06)
print("slept on", time.monotonic() - begin >= 0.06)


def raising(number, frame):
    raise ValueError(f"signal {number}")


signal.signal(signal.SIGALRM, raising)
try:
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    time.sleep(5)
except ValueError as error:
    print(error)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted")
signal.signal(signal.SIGINT, handler)
signal.raise_signal(signal.SIGINT)
for wrong in (0, 65, 1000):
    try:
        signal.signal(wrong, handler)
    except ValueError as error:
        print(error)
try:
    signal.signal(signal.SIGUSR1, "no handler")
except TypeError as error:
    print(error)
print(signal.strsignal(signal.SIGSEGV), len(signal.valid_signals()), signal.SIGTERM, repr(signal.SIGKILL))
print(signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2]))
signal.signal(signal.SIGUSR2, handler)
os.kill(os.getpid(), signal.SIGUSR2)
print("blocked", signal.sigpending())
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR2])
