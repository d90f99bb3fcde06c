import datetime

print(datetime.datetime.utcnow().year > 2000)
