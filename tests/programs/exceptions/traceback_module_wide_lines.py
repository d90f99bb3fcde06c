"""Module `traceback` puts its marks below the right columns of lines that are not ASCII."""
import sys
import traceback


def divide(größe):
    return größe / 0


def attempt(source):
    try:
        source()
    except Exception:
        traceback.print_exc(file=sys.stdout)


def names():
    ñandú = "日本" + int("日本語")


def several():
    return divide("é" and 1) + (
        "日本語" + "日本"
    )


attempt(lambda: divide(größe=1))
attempt(names)
attempt(several)
attempt(lambda: "ａｂ" + {}["缺"])
