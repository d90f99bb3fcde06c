"""Which exceptions know the name that is missing, and how messages call a class."""
import asyncio
import collections
import datetime
import re


def unbound():
    try:
        print(count)
        count = 1
    except UnboundLocalError as error:
        print(error, error.name)
    try:
        del count
        del count
    except UnboundLocalError as error:
        print(error, error.name)


def free():
    def inner():
        return later
    try:
        inner()
    except NameError as error:
        print(error, error.name)
    later = 1


unbound()
free()
for owner in (asyncio.Task, asyncio.Future, collections.deque, datetime.datetime, re.Pattern, asyncio.Lock, int, dict,
              collections.Counter):
    try:
        owner.nothing
    except AttributeError as error:
        print(error)
