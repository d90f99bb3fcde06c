# What threading calls before the threads are waited for, last registered first; then nothing more is registered.
import atexit
import threading

threading._register_atexit(print, 'registered first, called last')
threading._register_atexit(print, 'called before that', sep='')
atexit.register(print, 'atexit')
threading.Thread(target=print, args=('a thread',)).start()


def refuse():
    for register in (threading._register_atexit,):
        try:
            register(print)
        except RuntimeError as error:
            print(error)


threading._register_atexit(refuse)
print('main is done')
