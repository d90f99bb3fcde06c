# python: 3.8
import threading
from threading import currentThread as current

print(threading.currentThread().name, threading.activeCount(), current().name)
