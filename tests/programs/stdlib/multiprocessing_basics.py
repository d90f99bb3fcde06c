"""Processes, queues, pipes, locks, shared values, pools; and the executor of processes, which breaks with a worker."""
import multiprocessing as mp
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool


def work(queue, number, lock, value):
    with lock:
        value.value += number
    queue.put((number, mp.current_process().name, os.getppid() == mp.parent_process().pid))


def leave():
    sys.exit(7)


def answer(event, connection):
    event.wait()
    connection.send(["got", event.is_set()])


def square(x):
    return x * x


def fail():
    raise ValueError("failed")


if __name__ == "__main__":
    queue, lock, value = mp.Queue(), mp.Lock(), mp.Value("i", 0)
    processes = [mp.Process(target=work, args=(queue, n, lock, value)) for n in range(3)]
    for process in processes:
        process.start()
    print(sorted(queue.get() for _ in processes))
    for process in processes:
        process.join()
    print([process.exitcode for process in processes], value.value, lock, mp.active_children())

    process = mp.Process(target=leave, name="leaver")
    process.start()
    process.join()
    print(process.name, process.exitcode, process.is_alive())
    process = mp.Process(target=time.sleep, args=(10,), daemon=True)
    process.start()
    process.terminate()
    process.join()
    print(process.exitcode)

    here, there = mp.Pipe()
    event = mp.Event()
    process = mp.Process(target=answer, args=(event, there))
    process.start()
    event.set()
    print(here.recv())
    process.join()

    with mp.Pool(2) as pool:
        print(pool.map(square, range(6)), pool.apply(square, (5,)), list(pool.imap(square, range(3))))
        print(pool.starmap(pow, [(2, 3), (3, 2)]), sorted(pool.imap_unordered(square, range(4))))
        try:
            pool.apply(fail)
        except ValueError as error:
            print(repr(error), type(error.__cause__).__name__)

    with ProcessPoolExecutor(2) as executor:
        print(list(executor.map(square, range(5))))
        print(sorted(f.result() for f in as_completed([executor.submit(square, n) for n in range(4)])))
        try:
            executor.submit(fail).result()
        except ValueError as error:
            print(repr(error))
        try:
            executor.submit(os._exit, 3).result()
        except BrokenProcessPool as error:
            print(error)
        try:
            executor.submit(square, 1)
        except BrokenProcessPool as error:
            print(error)
    array = mp.Array("d", [1, 2, 3])
    array[1] = 2.5
    print(list(array), mp.get_all_start_methods()[:2])
