"""A stand-in for open(): files whose content the test gives.

Source: Library Reference "unittest.mock", mock_open.
"""

import io

from ._calls import DEFAULT
from ._magic import MagicMock


def mock_open(mock=None, read_data=""):
    """
    A helper function to create a mock to replace the use of `open`. It works
    for `open` called directly or used as a context manager.

    The `mock` argument is the mock object to configure. If `None` (the
    default) then a `MagicMock` will be created for you, with the API limited
    to methods or attributes available on standard file handles.

    `read_data` is a string for the `read`, `readline` and `readlines` of the
    file handle to return.  This is an empty string by default.
    """

    def new_content():
        if isinstance(read_data, str):
            return io.StringIO(read_data)
        return io.BytesIO(read_data)

    content = new_content()

    def reading(name):
        def read(*args, **kwargs):
            given = getattr(handle, name).return_value
            if given is not None:
                return given
            return getattr(content, name)(*args, **kwargs)

        return read

    def lines():
        given = handle.readline.return_value
        while given is not None:
            yield given
        for line in content:
            yield line

    def next_line():
        given = handle.readline.return_value
        if given is not None:
            return given
        return next(content)

    def exit_side_effect(exctype, excinst, exctb):
        handle.close()

    names = list(set(dir(io.TextIOWrapper)) | set(dir(io.BytesIO)))
    if mock is None:
        mock = MagicMock(name="open", spec=io.open)
    handle = MagicMock(spec=names)
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    effects = {}
    for name in ("read", "readline", "readlines"):
        method = getattr(handle, name)
        method.return_value = None
        method.side_effect = effects[name] = reading(name)
    handle.__iter__.side_effect = lines
    handle.__next__.side_effect = next_line
    handle.__exit__.side_effect = exit_side_effect

    def reset_data(*args, **kwargs):
        # Each call of open() reads from the beginning.
        nonlocal content
        content = new_content()
        return DEFAULT

    mock.side_effect = reset_data
    mock.return_value = handle
    return mock
