import datetime
datetime.now()
