import time
a = time.monotonic(); b = time.monotonic()
print(b >= a, time.perf_counter() <= time.perf_counter(), time.time() > 1.5e9, isinstance(time.time_ns(), int), time.sleep(0), time.process_time() >= 0)
t = time.gmtime(0)
print(t.tm_year, t.tm_mon, t.tm_mday, t.tm_hour, t.tm_wday, t.tm_yday, tuple(t), len(t))
print(time.strftime("%Y-%m-%d %H:%M:%S %j %a %b", t), time.gmtime(86400 * 365.25 * 30)[:6], time.asctime(t), time.mktime(time.localtime(1000)) == 1000)
for action in lambda: time.sleep(-1), lambda: time.sleep("x"), lambda: time.sleep():
    try:
        action()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
