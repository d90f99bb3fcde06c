# Module _thread itself.
import _thread
import time

done = _thread.allocate_lock()
done.acquire()


def work(*args, **kwargs):
    print(args, kwargs, _thread.get_ident() != _thread._get_main_thread_ident())
    done.release()


print(type(_thread.start_new_thread(work, (1, 2), {'key': 3})))
done.acquire()


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except BaseException as error:
        print(f'{type(error).__name__}: {error}')


attempt(_thread.start_new_thread, 1, ())
attempt(_thread.start_new_thread, print, 1)
attempt(_thread.start_new_thread, print, (), 1)
attempt(_thread.start_joinable_thread, 1)
attempt(_thread.start_joinable_thread, print, handle=1)
attempt(_thread.exit)
attempt(_thread.interrupt_main, 99)
attempt(_thread._ExceptHookArgs, [1, 2, 3])
print(_thread._ExceptHookArgs([ValueError, ValueError(1), None, None]))
handle = _thread._ThreadHandle()
print(handle, handle.ident, handle.is_done())
attempt(handle.join)
attempt(handle._set_done)
handle = _thread.start_joinable_thread(lambda: time.sleep(0.01))
print(handle.join(0.001), handle.is_done(), handle.join(), handle.is_done(), handle.join(-1), _thread._count())
rlock = _thread.RLock()
rlock.acquire()
rlock.acquire()
state = rlock._release_save()
print(state[0], state[1] == _thread.get_ident(), rlock._is_owned())
rlock._acquire_restore(state)
print(rlock._recursion_count(), rlock._is_owned())
print(_thread.TIMEOUT_MAX, _thread.error, _thread.LockType is _thread.lock, _thread.daemon_threads_allowed())
