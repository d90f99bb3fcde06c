# python: 3.8
import threading
from threading import current_thread as current

print(threading.current_thread().name, threading.active_count(), current().name)
