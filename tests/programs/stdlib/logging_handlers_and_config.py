"""Handlers for files that are begun anew, buffers and queues; configuration from a dictionary."""
import io
import logging
import logging.config
import logging.handlers
import os
import queue
import sys

logger = logging.getLogger("rotating")
logger.propagate = False
handler = logging.handlers.RotatingFileHandler("app.log", maxBytes=40, backupCount=2)
logger.addHandler(handler)
for number in range(8):
    logger.warning("message number %d", number)
handler.close()
for name in sorted(os.listdir(".")):
    print(name, open(name).read().split("\n"))
logger.removeHandler(handler)

stream = io.StringIO()
target = logging.StreamHandler(stream)
memory = logging.handlers.MemoryHandler(10, target=target)
logger.addHandler(memory)
logger.warning("kept")
print(repr(stream.getvalue()))
logger.error("flushes")
print(repr(stream.getvalue()))
logger.removeHandler(memory)

records = queue.SimpleQueue()
listener = logging.handlers.QueueListener(records, logging.StreamHandler(sys.stdout))
logger.addHandler(logging.handlers.QueueHandler(records))
listener.start()
logger.warning("through the queue: %s", [1, 2])
listener.stop()

logging.config.dictConfig(
    {
        "version": 1,
        "formatters": {"short": {"format": "{levelname[0]} {name} {message}", "style": "{"}},
        "filters": {"only": {"name": "wanted"}},
        "handlers": {
            "out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "short"},
            "few": {"class": "logging.StreamHandler", "stream": "cfg://streams.first", "filters": ["only"], "level": "ERROR"},
        },
        "loggers": {"wanted": {"level": "DEBUG", "handlers": ["few"]}},
        "root": {"level": "INFO", "handlers": ["out"]},
        "streams": {"first": sys.stdout},
    }
)
logging.getLogger("wanted.child").debug("fine")
logging.getLogger("wanted.child").error("twice")
logging.getLogger("other").debug("unseen")
print(logging.getLogger("rotating").disabled, logging.getHandlerByName("out"))
for wrong in ({}, {"version": 2}, {"version": 1, "root": {"handlers": ["missing"]}}):
    try:
        logging.config.dictConfig(wrong)
    except ValueError as error:
        print(error)
