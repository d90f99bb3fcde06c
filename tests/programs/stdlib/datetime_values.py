"""Dates, times, differences and zones: values, texts, arithmetic, errors."""
import copy
import pickle
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo


def show(make):
    try:
        return repr(make())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for make in [
    lambda: timedelta(1, 2, 3), lambda: timedelta(0), lambda: timedelta(days=-1, microseconds=5), lambda: timedelta(1.5, 0.25, 0.5),
    lambda: timedelta(weeks=1, hours=-3), lambda: timedelta(999999999, 1e30), lambda: timedelta("x"), lambda: timedelta(10**10), lambda: str(timedelta(-1, 3661, 5)),
    lambda: str(timedelta(2)), lambda: timedelta(seconds=5) / 2, lambda: timedelta(seconds=5) // 2, lambda: timedelta(1) / timedelta(hours=7),
    lambda: divmod(timedelta(1), timedelta(hours=7)), lambda: timedelta(1) * 0.3, lambda: 3 * timedelta(hours=9), lambda: -timedelta(1, 1), lambda: abs(timedelta(-1, 1)),
    lambda: timedelta(1) < 1, lambda: timedelta(1) == 1, lambda: timedelta(hours=30).total_seconds(), lambda: timedelta(1) / 0, lambda: timedelta.max + timedelta(1),
    lambda: timedelta(microseconds=0.5), lambda: timedelta(microseconds=1.5), lambda: timedelta(microseconds=2.5), lambda: bool(timedelta(0)), lambda: timedelta.min,
    lambda: date(2024, 2, 29), lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: date(2024, 13, 1), lambda: date(2024, 1), lambda: date(), lambda: date("a", 1, 1),
    lambda: date(2024, 2, 29) + timedelta(366), lambda: date.max + timedelta(1), lambda: date(2024, 3, 1) - date(2023, 3, 1), lambda: date(2024, 1, 1).isocalendar(),
    lambda: date(2023, 1, 1).isocalendar(), lambda: date.fromisocalendar(2020, 53, 7), lambda: date.fromisocalendar(2021, 53, 7), lambda: date.fromisocalendar(2021, 1, 8),
    lambda: date.fromordinal(738000), lambda: date.fromordinal(0), lambda: date.fromordinal(10**7), lambda: date(2024, 5, 6).toordinal(), lambda: date(2024, 5, 6).weekday(),
    lambda: date(2024, 5, 6).ctime(), lambda: str(date(5, 6, 7)), lambda: date(2024, 5, 6).strftime("%A %d %B %y %j %U %%"), lambda: f"{date(2024, 5, 6):%Y/%m}",
    lambda: date(2024, 5, 6).replace(day=31), lambda: date(2024, 5, 6).replace(month=2, day=30), lambda: date(2024, 1, 1) < datetime(2024, 1, 1), lambda: date(2024, 1, 1) == datetime(2024, 1, 1),
    lambda: date(2024, 1, 1) < 5, lambda: date(2024, 5, 6).timetuple(), lambda: date.fromtimestamp(None), lambda: date(2024, 5, 6) - 1,
    lambda: time(1, 2, 3, 4), lambda: time(), lambda: time(24), lambda: time(1, 60), lambda: time(1, 2, 3, tzinfo=UTC), lambda: time(1, tzinfo=5), lambda: time(1, 2, fold=1),
    lambda: str(time(1, 2, 3, 40)), lambda: time(1, 2, 3, 456789).isoformat("milliseconds"), lambda: time(1).isoformat("hours"), lambda: time(1).isoformat("x"),
    lambda: time(1, tzinfo=UTC) == time(1), lambda: time(1, tzinfo=UTC) < time(1), lambda: time(1, tzinfo=timezone(timedelta(hours=1))) == time(0, tzinfo=UTC), lambda: bool(time(0)),
    lambda: time(13, 5).strftime("%I:%M %p %f %z|%Z|"), lambda: time(1, 2).replace(hour=5), lambda: time(1, 2).utcoffset(), lambda: time(2) > time(1),
    lambda: datetime(2024, 1, 2), lambda: datetime(2024, 1, 2, 3, 4, 5, 6), lambda: datetime(2024, 1, 2, 3, tzinfo=UTC), lambda: datetime(2024, 1), lambda: datetime(2024, 1, 1, 25),
    lambda: str(datetime(2024, 1, 2, 3, 4)), lambda: datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=-5, minutes=-30))).isoformat(), lambda: datetime(2024, 1, 2).isoformat(" ", "minutes"),
    lambda: datetime(2024, 1, 2).isoformat("ab"), lambda: datetime(2024, 3, 1) - datetime(2024, 2, 1, 12), lambda: datetime(2024, 3, 1) - datetime(2024, 2, 1, tzinfo=UTC),
    lambda: datetime(2024, 3, 1) < datetime(2024, 2, 1, tzinfo=UTC), lambda: datetime(2024, 3, 1) == datetime(2024, 3, 1, tzinfo=UTC), lambda: datetime(2024, 3, 1) + timedelta(hours=-1),
    lambda: datetime.max + timedelta(microseconds=1), lambda: datetime.combine(date(2024, 1, 2), time(3, 4, tzinfo=UTC)), lambda: datetime.combine(1, 2), lambda: datetime(2024, 1, 2, 3).date(),
    lambda: datetime(2024, 1, 2, 3, tzinfo=UTC).timetz(), lambda: datetime.fromtimestamp(0, UTC), lambda: datetime.fromtimestamp(1e9 + 0.123456, UTC), lambda: datetime.fromtimestamp(-1.5, UTC),
    lambda: datetime(2024, 1, 2, tzinfo=UTC).timestamp(), lambda: datetime(2024, 1, 2, 3, tzinfo=UTC).astimezone(timezone(timedelta(hours=2), "X")), lambda: datetime(2024, 1, 2).ctime(),
    lambda: datetime(2024, 1, 2, 3, 4, 5, 6, UTC).strftime("%Y-%m-%d %H:%M:%S.%f %z %Z %:z %c"), lambda: datetime(2024, 1, 2).replace(tzinfo=UTC, hour=4), lambda: datetime(2024, 1, 2, tzinfo=UTC).utctimetuple(),
    lambda: datetime(5, 1, 2).strftime("%Y"), lambda: datetime(2024, 1, 2, 3) - timedelta(days=1), lambda: datetime(2024, 1, 2).timetuple(), lambda: datetime(2024, 1, 2).isoweekday(),
    lambda: timezone.utc, lambda: timezone(timedelta(hours=1)), lambda: timezone(timedelta(hours=1), "A"), lambda: timezone(1), lambda: timezone(timedelta(hours=24)), lambda: str(timezone(timedelta(minutes=-90))),
    lambda: timezone(timedelta(0)), lambda: timezone(timedelta(0), "Z"), lambda: timezone.utc == timezone(timedelta(0), "Z"), lambda: timezone.min, lambda: tzinfo().utcoffset(None), lambda: timezone.utc.utcoffset(5),
    lambda: (MINYEAR, MAXYEAR, date.min, datetime.max, time.resolution), lambda: hash(datetime(2024, 1, 1, 1, tzinfo=UTC)) == hash(datetime(2024, 1, 1, 2, tzinfo=timezone(timedelta(hours=1)))),
]:
    print(show(make))

for kind, texts in [
    (date, "2024-01-02 20240102 2024-W01-2 2024W012 2024-W01 2024-1-2 2024-13-01 2024-W54-1 x 2024-01-02T".split()),
    (time, "01 01:02 01:02:03 010203 01:02:03.5 01:02:03,123456789 01:02Z 01:02+01:30 01:02:03.1-05 T01:02 25:00 1:02 01:2 01:02+ 01.5 01:02:03.".split()),
    (datetime, "2024-01-02 2024-01-02T03 2024-01-02T03:04:05.123 20240102T030405 2024-01-02T03:04+00:00 2024-01-02x03:04Z 2024-W01-2T05 2024-01-02T03:04-01:30:15 2024-01-02T 2024-01-02T25:00 nope 2024-02-30".split()),
]:
    for text in texts:
        print(kind.__name__, text, show(lambda: kind.fromisoformat(text)))
print(show(lambda: date.fromisoformat(5)))
for text, format in [
    ("2024-01-02 03:04:05", "%Y-%m-%d %H:%M:%S"), ("02/01/24 5PM", "%d/%m/%y %I%p"), ("Tue Jan  2 03:04:05 2024", "%c"), ("2024-01-02 +0130", "%Y-%m-%d %z"), ("2024-01-02Z", "%Y-%m-%d%z"),
    ("12.345", "%S.%f"), ("2024 100", "%Y %j"), ("2024 10 1", "%Y %W %w"), ("2024 01 2", "%G %V %u"), ("x", "%Y"), ("2024x", "%Y"), ("2024", "%Q"), ("2024", "%"), ("29 February", "%d %B"),
    ("2024-01-02 UTC", "%Y-%m-%d %Z"), ("31/02/2024", "%d/%m/%Y"), ("2024 5", "%Y %V"), ("january 5", "%B %d"), ("50%", "%d%%"),
]:
    print(text, format, show(lambda: datetime.strptime(text, format)))


class Eastern(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=-5) + self.dst(dt)

    def dst(self, dt):
        return timedelta(hours=1) if 4 <= dt.month < 10 else timedelta(0)

    def tzname(self, dt):
        return "EDT" if self.dst(dt) else "EST"


class Mine(datetime):
    pass


east = Eastern()
summer, winter = datetime(2024, 7, 1, 12, tzinfo=east), datetime(2024, 1, 1, 12, tzinfo=east)
print(summer.isoformat(), winter.tzname(), summer.astimezone(UTC), datetime(2024, 7, 1, tzinfo=UTC).astimezone(east).strftime("%H %Z"), summer - winter)
print(Mine(2024, 1, 2) + timedelta(1), type(Mine(2024, 1, 2) + timedelta(1)).__name__, type(Mine.strptime("2024", "%Y")).__name__, Mine(2024, 1, 2).replace(day=5))
for value in [date(2024, 1, 2), time(1, 2, 3, 4, UTC), datetime(2024, 1, 2, 3, 4, 5, 6, timezone(timedelta(1 / 24), "n")), timedelta(1, 2, 3), UTC, Mine(2024, 1, 2)]:
    print(value.__reduce__(), copy.deepcopy(value) == value, [pickle.loads(pickle.dumps(value, p)) == value for p in range(6)])
