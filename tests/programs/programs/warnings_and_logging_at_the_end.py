# Objects that live until the end of the program may still warn and log.
import logging
import tempfile
import warnings


class Careless:
    def __del__(self):
        warnings.warn("still alive at the end")
        try:
            1 / 0
        except ZeroDivisionError as e:
            logging.error("failed: %s", e)


careless = Careless()
print("the end")
