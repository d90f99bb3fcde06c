"""Loggers, levels, handlers, formats; what a record knows of its place."""
import io
import logging
import sys

logging.basicConfig(format="%(levelname)s|%(name)s|%(funcName)s|%(lineno)d|%(message)s", level=logging.DEBUG, stream=sys.stdout)


def work():
    logger = logging.getLogger("a.b")
    logger.info("number %d and %s", 3, "text")
    logger.debug("%(key)s", {"key": "named"})
    logging.warning("root")
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception("failed")


work()
parent, child = logging.getLogger("p"), logging.getLogger("p.q.r")
print(child.parent, parent.getChild("q"), child.parent, child.getEffectiveLevel(), logging.getLevelName(15))
stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("{levelname:>8} {message} {extra}", style="{"))
child.addHandler(handler)
child.propagate = False
child.setLevel("WARNING")
child.info("unseen", extra={"extra": 1})
child.error("seen", extra={"extra": 2})
logging.LoggerAdapter(child, {"extra": "adapted"}).critical("also")
print(stream.getvalue())
print(handler, logging.getLogger(), child, child.isEnabledFor(logging.INFO), child.hasHandlers())
child.addFilter(lambda record: "secret" not in record.getMessage())
child.error("a secret", extra={"extra": 3})
print(stream.getvalue().count("secret"))
logging.addLevelName(25, "NOTICE")
logging.log(25, "named level")
logging.disable(logging.ERROR)
logging.error("disabled")
logging.disable(logging.NOTSET)
for wrong in (lambda: child.setLevel("LOUD"), lambda: logging.Formatter("{x}", style="%"), lambda: logging.basicConfig(force=True, nothing=1)):
    try:
        wrong()
    except ValueError as error:
        print(error)
record = logging.makeLogRecord({"msg": "made %s", "args": ("up",), "created": 0, "msecs": 7})
print(record.getMessage(), logging.Formatter("%(asctime)s %(message)s").format(record)[-16:])
