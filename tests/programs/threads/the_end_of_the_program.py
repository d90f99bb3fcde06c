# At the end the threads that are not daemons are waited for, then the functions of atexit run.
import atexit
import threading
import time

atexit.register(print, 'atexit')


def slow(name, seconds):
    time.sleep(seconds)
    print(name, threading.main_thread().is_alive(), threading.current_thread().daemon)


def endless():
    while True:
        time.sleep(0.001)


threading.Thread(target=slow, args=('slow', 0.02)).start()
threading.Thread(target=slow, args=('slower', 0.04)).start()
threading.Thread(target=endless, daemon=True).start()
threading.Thread(target=slow, args=('never heard of', 3600), daemon=True).start()


class Noisy:
    def __del__(self):
        print('deleted')


def keeper():
    noisy = Noisy()
    time.sleep(0.06)


threading.Thread(target=keeper).start()
print('main is done')
