# Module sched: by time, then priority, then order of entering; any clock will do.
import sched
import time


class Clock:
    def __init__(self):
        self.now = 0

    def time(self):
        return self.now

    def sleep(self, seconds):
        if seconds:
            print(f'  sleep {seconds}')
        self.now += seconds


clock = Clock()
scheduler = sched.scheduler(clock.time, clock.sleep)
scheduler.enter(5, 2, print, ('five, second',))
scheduler.enter(5, 1, print, ('five, first',))
late = scheduler.enterabs(9, 1, print, argument=('never',))
scheduler.enter(2, 1, print, kwargs={'sep': ''}, argument=('t', 'w', 'o'))
print([event.time for event in scheduler.queue], scheduler.empty())
print(late._replace(action='print'))
scheduler.cancel(late)
try:
    scheduler.cancel(late)
except ValueError as error:
    print(type(error).__name__)
print(scheduler.run(blocking=False))
scheduler.run()
print(scheduler.run(), scheduler.empty(), clock.now)


def again(left):
    print('again', left)
    if left:
        scheduler.enter(1, 1, again, (left - 1,))


again(2)
scheduler.run()
real = sched.scheduler()
real.enter(0.005, 1, print, ('real time',))
begin = time.monotonic()
real.run()
print(time.monotonic() - begin >= 0.005)
