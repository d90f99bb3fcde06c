try:
    1 / 0
except ZeroDivisionError:
    raise ValueError("nothing above me") from None
