# The marks of module traceback stand below characters that take two columns, as those of the interpreter do.
import logging
import sys
import traceback


def 查找(说明, 表):
    return 说明["你好"] + 表["世界"]["再见"]


try:
    查找({"你好": 1}, {"世界": {}})
except KeyError as e:
    traceback.print_exc(file=sys.stdout)
    print(traceback.format_exception(e)[1], end="")
    logging.basicConfig(stream=sys.stdout)
    logging.exception("失败")

try:
    raise ValueError("élan: ñ") from OSError("🐍🐍" + "x")
except ValueError:
    traceback.print_exc(file=sys.stdout)
查找({"你好": 1}, {"世界": {}})
