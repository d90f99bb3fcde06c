"""Reprs and stacks of tasks.  Source: Library Reference "asyncio-task", Task Object."""

from . import base_futures, coroutines


def _task_repr_info(task):
    info = base_futures._future_repr_info(task)
    if task.cancelling() and not task.done():
        info[0] = "cancelling"
    about = [f"name={task.get_name()!r}"]
    if task._coro:
        about.append(f"coro=<{coroutines._format_coroutine(task._coro)}>")
    if task._fut_waiter is not None:
        about.append(f"wait_for={task._fut_waiter!r}")
    info[1:1] = about
    return info


_reprs_under_way = set()


def _task_repr(task):
    import _thread
    key = id(task), _thread.get_ident()
    if key in _reprs_under_way:
        return "..."
    _reprs_under_way.add(key)
    try:
        return f"<{type(task).__name__} {' '.join(_task_repr_info(task))}>"
    finally:
        _reprs_under_way.discard(key)


def _task_get_stack(task, limit):
    """The frames of a task: where it is suspended, or how it came to its exception."""
    coro = task._coro
    for name in ("cr_frame", "gi_frame", "ag_frame"):
        if hasattr(coro, name):
            frame = getattr(coro, name)
            break
    else:
        frame = None

    frames = []
    if frame is not None:
        # The innermost are kept, and shown last.
        while frame is not None and (limit is None or len(frames) < limit):
            frames.append(frame)
            frame = frame.f_back
        frames.reverse()
    elif task._exception is not None:
        entry = task._exception.__traceback__
        while entry is not None and (limit is None or len(frames) < limit):
            frames.append(entry.tb_frame)
            entry = entry.tb_next
    return frames


def _task_print_stack(task, limit, file):
    import linecache
    import traceback

    entries = []
    checked = set()
    for frame in task.get_stack(limit=limit):
        code = frame.f_code
        if code.co_filename not in checked:
            checked.add(code.co_filename)
            linecache.checkcache(code.co_filename)
        line = linecache.getline(code.co_filename, frame.f_lineno, frame.f_globals)
        entries.append((code.co_filename, frame.f_lineno, code.co_name, line))

    exception = task._exception
    if not entries:
        print(f"No stack for {task!r}", file=file)
    elif exception is not None:
        print(f"Traceback for {task!r} (most recent call last):", file=file)
    else:
        print(f"Stack for {task!r} (most recent call last):", file=file)

    traceback.print_list(entries, file=file)
    if exception is not None:
        for line in traceback.format_exception_only(type(exception), exception):
            print(line, file=file, end="")
