# allows: Bad
class Bad(Exception):
    def __str__(self):
        raise Bad()
raise Bad()
