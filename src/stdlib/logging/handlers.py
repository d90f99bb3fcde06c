"""More handlers: files that are begun anew, buffers, and queues to a thread that writes.

Source: Library Reference "logging.handlers".
"""

import copy
import logging
import os
import queue
import re
import threading
import time

__all__ = [
    "BaseRotatingHandler", "RotatingFileHandler", "TimedRotatingFileHandler", "WatchedFileHandler",
    "BufferingHandler", "MemoryHandler", "QueueHandler", "QueueListener",
]

DEFAULT_TCP_LOGGING_PORT = 9020
DEFAULT_UDP_LOGGING_PORT = 9021
DEFAULT_HTTP_LOGGING_PORT = 9022
DEFAULT_SOAP_LOGGING_PORT = 9023
SYSLOG_UDP_PORT = 514
SYSLOG_TCP_PORT = 514

_DAY = 24 * 60 * 60


class BaseRotatingHandler(logging.FileHandler):
    """
    Base class for handlers that rotate log files at a certain point.
    Not meant to be instantiated directly.  Instead, use RotatingFileHandler
    or TimedRotatingFileHandler.
    """

    namer = None
    rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False, errors=None):
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)
        self.mode = mode
        self.encoding = encoding
        self.errors = errors

    def emit(self, record):
        """Output the record to the file, which is begun anew first when it is time for that."""
        try:
            if self.shouldRollover(record):
                self.doRollover()
            logging.FileHandler.emit(self, record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        """Modify the filename of a log file when rotating."""
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        """When rotating, rotate the current log."""
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _close_stream(self):
        if self.stream:
            self.stream.close()
            self.stream = None

    def _open_again(self):
        if not self.delay:
            self.stream = self._open()


class RotatingFileHandler(BaseRotatingHandler):
    """
    Handler for logging to a set of files, which switches from one file
    to the next when the current file reaches a certain size. The older ones are called
    app.log.1, app.log.2 and so on; there are at most backupCount of them.
    """

    def __init__(
        self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None
    ):
        # A file that is begun anew is not to lose what an earlier run wrote.
        if maxBytes > 0:
            mode = "a"
        super().__init__(filename, mode, encoding=encoding, delay=delay, errors=errors)
        self.maxBytes = maxBytes
        self.backupCount = backupCount

    def doRollover(self):
        """Do a rollover, as described in __init__()."""
        self._close_stream()
        if self.backupCount > 0:
            for number in range(self.backupCount - 1, 0, -1):
                source = self.rotation_filename(f"{self.baseFilename}.{number}")
                target = self.rotation_filename(f"{self.baseFilename}.{number + 1}")
                if os.path.exists(source):
                    if os.path.exists(target):
                        os.remove(target)
                    os.rename(source, target)
            target = self.rotation_filename(self.baseFilename + ".1")
            if os.path.exists(target):
                os.remove(target)
            self.rotate(self.baseFilename, target)
        self._open_again()

    def shouldRollover(self, record):
        """Determine if rollover should occur: when the record would make the file too long."""
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes <= 0:
            return False
        if os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
            # A device has no length.
            return False
        text = f"{self.format(record)}\n"
        self.stream.seek(0, 2)
        position = self.stream.tell()
        # A record that is too long for any file stands in one of its own.
        return bool(position) and position + len(text) >= self.maxBytes


class TimedRotatingFileHandler(BaseRotatingHandler):
    """
    Handler for logging to a file, rotating the log file at certain timed
    intervals: `when` is S, M, H, D, midnight, or W0 (Monday) to W6.

    If backupCount is > 0, when rollover is done, no more than backupCount
    files are kept - the oldest ones are deleted.
    """

    _KINDS = {
        "S": (1, "%Y-%m-%d_%H-%M-%S"),
        "M": (60, "%Y-%m-%d_%H-%M"),
        "H": (60 * 60, "%Y-%m-%d_%H"),
        "D": (_DAY, "%Y-%m-%d"),
        "MIDNIGHT": (_DAY, "%Y-%m-%d"),
        "W": (_DAY * 7, "%Y-%m-%d"),
    }

    def __init__(
        self,
        filename,
        when="h",
        interval=1,
        backupCount=0,
        encoding=None,
        delay=False,
        utc=False,
        atTime=None,
        errors=None,
    ):
        super().__init__(filename, "a", encoding=encoding, delay=delay, errors=errors)
        self.when = when.upper()
        self.backupCount = backupCount
        self.utc = utc
        self.atTime = atTime
        kind = self.when
        if kind.startswith("W"):
            if len(kind) != 2:
                raise ValueError(
                    f"You must specify a day for weekly rollover from 0 to 6 (0 is Monday): {kind}"
                )
            if not "0" <= kind[1] <= "6":
                raise ValueError(f"Invalid day specified for weekly rollover: {kind}")
            self.dayOfWeek = int(kind[1])
            kind = "W"
        if kind not in self._KINDS:
            raise ValueError(f"Invalid rollover interval specified: {self.when}")
        seconds, self.suffix = self._KINDS[kind]
        self.interval = seconds * interval
        digits = re.sub("%[a-zA-Z]", r"\\d+", self.suffix)
        self.extMatch = re.compile(rf"(?<!\d){digits}(?!\d)", re.ASCII)
        begin = int(time.time())
        if os.path.exists(self.baseFilename):
            begin = int(os.stat(self.baseFilename).st_mtime)
        self.rolloverAt = self.computeRollover(begin)

    def computeRollover(self, currentTime):
        """Work out the rollover time based on the specified time."""
        if self.when != "MIDNIGHT" and not self.when.startswith("W"):
            return currentTime + self.interval
        moment = (time.gmtime if self.utc else time.localtime)(currentTime)
        wanted = 0
        if self.atTime is not None:
            wanted = (self.atTime.hour * 60 + self.atTime.minute) * 60 + self.atTime.second
        now = (moment.tm_hour * 60 + moment.tm_min) * 60 + moment.tm_sec
        left = wanted - now
        day = moment.tm_wday
        if left <= 0:
            left += _DAY
            day = (day + 1) % 7
        result = currentTime + left
        if self.when.startswith("W"):
            result += (self.dayOfWeek - day) % 7 * _DAY
            result += self.interval - _DAY * 7
        else:
            result += self.interval - _DAY
        return result

    def shouldRollover(self, record):
        """Determine if rollover should occur: when its time has come."""
        now = int(time.time())
        if now < self.rolloverAt:
            return False
        if os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
            self.rolloverAt = self.computeRollover(now)
            return False
        return True

    def getFilesToDelete(self):
        """Determine the files to delete when rolling over."""
        folder, base = os.path.split(self.baseFilename)
        found = []
        for name in os.listdir(folder):
            if name.startswith(base + ".") and self.extMatch.fullmatch(name[len(base) + 1 :]):
                found.append(os.path.join(folder, name))
        if len(found) < self.backupCount:
            return []
        found.sort()
        return found[: len(found) - self.backupCount]

    def doRollover(self):
        """
        do a rollover; in this case, a date/time stamp is appended to the filename
        when the rollover happens: that of the beginning of the interval.
        """
        now = int(time.time())
        begin = self.rolloverAt - self.interval
        moment = (time.gmtime if self.utc else time.localtime)(begin)
        target = self.rotation_filename(
            self.baseFilename + "." + time.strftime(self.suffix, moment)
        )
        if os.path.exists(target):
            # It has been done for this interval.
            return
        self._close_stream()
        self.rotate(self.baseFilename, target)
        if self.backupCount > 0:
            for path in self.getFilesToDelete():
                os.remove(path)
        self._open_again()
        self.rolloverAt = self.computeRollover(now)


class WatchedFileHandler(logging.FileHandler):
    """
    A handler for logging to a file, which watches the file
    to see if it has changed while in use: another program may have moved it away.
    """

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)
        self.dev, self.ino = -1, -1
        self._statstream()

    def _statstream(self):
        if self.stream is not None:
            facts = os.fstat(self.stream.fileno())
            self.dev, self.ino = facts.st_dev, facts.st_ino

    def reopenIfNeeded(self):
        """Reopen log file if needed: when its name leads to another file, or to none."""
        if self.stream is None:
            return
        try:
            facts = os.stat(self.baseFilename)
            same = (facts.st_dev, facts.st_ino) == (self.dev, self.ino)
        except FileNotFoundError:
            same = False
        if not same:
            self.stream.flush()
            self.stream.close()
            self.stream = self._open()
            self._statstream()

    def emit(self, record):
        """Emit a record, into the file that has the name now."""
        self.reopenIfNeeded()
        super().emit(record)


class BufferingHandler(logging.Handler):
    """
    A handler class which buffers logging records in memory. Whenever each
    record is added to the buffer, a check is made to see if the buffer should
    be flushed. If it should, then flush() is expected to do what's needed.
    """

    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
        self.buffer = []

    def shouldFlush(self, record):
        """Should the handler flush its buffer? Yes, when it is full."""
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        """Emit a record: append it, and flush if need be."""
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        """Override to implement custom flushing behaviour; here the buffer is emptied."""
        self.acquire()
        try:
            self.buffer.clear()
        finally:
            self.release()

    def close(self):
        """Close the handler, which flushes it."""
        try:
            self.flush()
        finally:
            super().close()


class MemoryHandler(BufferingHandler):
    """
    A handler class which buffers logging records in memory, periodically
    flushing them to a target handler. Flushing occurs whenever the buffer
    is full, or when an event of a certain severity or greater is seen.
    """

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        super().__init__(capacity)
        self.flushLevel = flushLevel
        self.target = target
        self.flushOnClose = flushOnClose

    def shouldFlush(self, record):
        """Check for buffer full or a record at the flushLevel or higher."""
        return len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel

    def setTarget(self, target):
        """Set the target handler for this handler."""
        self.acquire()
        try:
            self.target = target
        finally:
            self.release()

    def flush(self):
        """Send the buffered records to the target, if there is one."""
        self.acquire()
        try:
            if self.target:
                for record in self.buffer:
                    self.target.handle(record)
                self.buffer.clear()
        finally:
            self.release()

    def close(self):
        """Flush, if appropriately configured, set the target to None and lose the buffer."""
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            self.acquire()
            try:
                self.target = None
                BufferingHandler.close(self)
            finally:
                self.release()


class QueueHandler(logging.Handler):
    """
    This handler sends events to a queue. Typically, it would be used together
    with a multiprocessing Queue to centralise logging to file in one process
    (in a multi-process application), so as to avoid file write contention
    between processes.
    """

    listener = None

    def __init__(self, queue):
        super().__init__()
        self.queue = queue

    def enqueue(self, record):
        """Enqueue a record, without waiting."""
        self.queue.put_nowait(record)

    def prepare(self, record):
        """
        Prepare a record for queuing: what may not be picklable, or may change, becomes text.
        """
        message = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = message
        record.args = None
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return record

    def emit(self, record):
        """Emit a record: write it to the queue, after preparing it."""
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    """
    This class implements an internal threaded listener which watches for
    LogRecords being added to a queue, removes them and passes them to a
    list of handlers for processing.
    """

    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue = queue
        self.handlers = handlers
        self._thread = None
        self.respect_handler_level = respect_handler_level

    def dequeue(self, block):
        """Dequeue a record and return it, optionally blocking."""
        return self.queue.get(block)

    def start(self):
        """Start the listener: a thread that takes records from the queue."""
        self._thread = thread = threading.Thread(target=self._monitor, daemon=True)
        thread.start()

    def prepare(self, record):
        """Prepare a record for handling; subclasses may do more."""
        return record

    def handle(self, record):
        """Handle a record: offer it to all handlers."""
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        is_counted = hasattr(self.queue, "task_done")
        while True:
            try:
                record = self.dequeue(True)
                if record is not self._sentinel:
                    self.handle(record)
                if is_counted:
                    self.queue.task_done()
                if record is self._sentinel:
                    break
            except queue.Empty:
                break

    def enqueue_sentinel(self):
        """Tells the listener to end."""
        self.queue.put_nowait(self._sentinel)

    def stop(self):
        """Stop the listener, after it has handled what is in the queue."""
        if self._thread:
            self.enqueue_sentinel()
            self._thread.join()
            self._thread = None
