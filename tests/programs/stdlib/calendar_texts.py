"""Months and years as data and text."""
import calendar
import time

print(calendar.month(2024, 2), calendar.TextCalendar(6).formatmonth(2023, 10, 4, 2), calendar.calendar(2024)[:800])
print(calendar.monthcalendar(2024, 2), calendar.monthrange(2023, 2), calendar.isleap(1900), calendar.leapdays(1990, 2025))
print(calendar.weekday(2024, 1, 1), list(calendar.day_name), calendar.month_abbr[1:4], calendar.JANUARY, calendar.weekheader(3))
print(calendar.timegm(time.gmtime(10**9)), list(calendar.Calendar(3).itermonthdays4(2024, 2))[:4], calendar.HTMLCalendar().formatmonth(2024, 2)[:400])
for make in (lambda: calendar.monthrange(2024, 13), lambda: calendar.setfirstweekday(9)):
    try:
        make()
    except ValueError as error:
        print(type(error).__name__, error)
print(time.strptime("30 Nov 00", "%d %b %y"))
