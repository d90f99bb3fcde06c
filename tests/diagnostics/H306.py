import threading, warnings
warnings.simplefilter('always')
threading.currentThread()
