"""Starting children: a new interpreter reads from a pipe what it is to do.

First comes what the child must know before it can unpickle anything: its `sys.path`, its
arguments, where the main module is. Then comes the process object. Descriptors that occur in
it keep their numbers in the child.

Source: Library Reference "multiprocessing", Contexts and start methods; The spawn and
forkserver start methods.
"""

import os
import sys
import types

from . import process

__all__ = ["freeze_support", "get_executable", "set_executable", "get_preparation_data", "import_main_path"]

_executable = sys.executable
_starting = None
# Main modules that were imported under their second name.
old_main_modules = []


def set_executable(exe):
    global _executable
    _executable = None if exe is None else os.fspath(exe)


def get_executable():
    return _executable


def freeze_support():
    """For programs that are frozen into executables, which Coil has none of."""


def current_start():
    return _starting


class Popen:
    """A child that has been started."""

    method = "spawn"

    def __init__(self, process_obj):
        global _starting
        import pickle

        _check_not_importing_main()
        self.returncode = None
        self._fds = []
        outer, _starting = _starting, self
        try:
            data = pickle.dumps(get_preparation_data(process_obj._name))
            data += pickle.dumps(process_obj)
        finally:
            _starting = outer
        read, write = os.pipe()
        try:
            self.pid = self._start(read)
            self.sentinel = os.pidfd_open(self.pid)
            os.close(read)
            read = None
            _write_all(write, data)
        finally:
            os.close(write)
            if read is not None:
                os.close(read)

    def _start(self, read):
        import posix
        import subprocess

        program = (
            f"from multiprocessing.spawn import spawn_main; spawn_main(pipe_handle={read})"
        )
        era = getattr(sys, "_coil_era", lambda: None)()
        options = [] if era is None else ["--python", ".".join(map(str, era[:2]))]
        options += subprocess._args_from_interpreter_flags()
        arguments = [_executable, *options, "-c", program, "--multiprocessing-fork"]
        environment = [(os.fsencode(k), os.fsencode(v)) for k, v in os.environ.items()]
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (AttributeError, ValueError, OSError):
                pass
        passed = tuple(dict.fromkeys([read, *self._fds]))
        return posix._start(
            os.fsencode(_executable),
            [os.fsencode(arg) for arg in arguments],
            environment,
            None,
            (-1, -1, -1),
            passed,
            None,
        )

    def duplicate_for_child(self, fd):
        """The number that a descriptor will have in the child."""
        self._fds.append(fd)
        return fd

    def poll(self):
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                return None
            if pid == self.pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            from .connection import wait

            if not wait([self.sentinel], timeout):
                return None
            # Several threads may wait; one of them gets the status.
            while self.poll() is None:
                _pause()
        return self.returncode

    def _send_signal(self, number):
        if self.returncode is None:
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                pass

    def terminate(self):
        self._send_signal(15)

    def kill(self):
        self._send_signal(9)

    def close(self):
        if self.sentinel is not None:
            os.close(self.sentinel)
            self.sentinel = None


def _pause():
    import time

    time.sleep(0.001)


def _write_all(fd, data):
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(fd, view[:65536]) :]
    except BrokenPipeError:
        # It has ended already; its exit code tells.
        pass


def _check_not_importing_main():
    if getattr(process.current_process(), "_inheriting", False):
        raise RuntimeError(
            """
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """
        )


def get_preparation_data(name):
    """What a child must know before it can unpickle its process object."""
    from . import context

    data = {
        "name": name,
        "authkey": bytes(process.current_process()._config.get("authkey", b"")),
        "sys_path": [path if path != "" else process.ORIGINAL_DIR for path in sys.path],
        "sys_argv": sys.argv,
        "orig_dir": process.ORIGINAL_DIR,
        "dir": os.getcwd(),
        "start_method": context._default_context.get_start_method(),
    }
    main = sys.modules.get("__main__")
    spec_name = getattr(getattr(main, "__spec__", None), "name", None)
    if spec_name is not None:
        data["init_main_from_name"] = spec_name
    else:
        path = getattr(main, "__file__", None)
        if path is not None:
            if not os.path.isabs(path) and process.ORIGINAL_DIR is not None:
                path = os.path.join(process.ORIGINAL_DIR, path)
            data["init_main_from_path"] = os.path.normpath(path)
    return data


def prepare(data):
    """Makes the child's surroundings like its parent's."""
    from . import context

    current = process.current_process()
    current.name = data["name"]
    current.authkey = data["authkey"]
    sys.path[:] = data["sys_path"]
    sys.argv = data["sys_argv"]
    try:
        os.chdir(data["dir"])
    except OSError:
        pass
    process.ORIGINAL_DIR = data["orig_dir"]
    context._default_context.set_start_method(data["start_method"], force=True)
    if "init_main_from_name" in data:
        _main_from_name(data["init_main_from_name"])
    elif "init_main_from_path" in data:
        _main_from_path(data["init_main_from_path"])


def _install_main(namespace):
    """The parent's main module, under the name that keeps `if __name__ == "__main__"` from running."""
    module = types.ModuleType("__mp_main__")
    module.__dict__.update(namespace)
    old_main_modules.append(sys.modules["__main__"])
    # Pickles name the module `__main__`.
    sys.modules["__main__"] = sys.modules["__mp_main__"] = module
    return module


def _main_from_name(name):
    if name == "__main__" or name.endswith(".__main__"):
        # A package that is run: everything in it is below that name.
        return
    import importlib.util

    spec = importlib.util.find_spec(name)
    source = spec.loader.get_code(name)
    module = _install_main({"__spec__": spec, "__file__": spec.origin, "__package__": spec.parent})
    exec(source, module.__dict__)


def _main_from_path(path):
    if os.path.splitext(os.path.basename(path))[0] == "ipython" or not os.path.exists(path):
        return
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    module = _install_main({"__file__": path})
    exec(code, module.__dict__)


def import_main_path(main_path):
    """Set sys.modules['__main__'] to module at main_path"""
    _main_from_path(main_path)


def spawn_main(pipe_handle, parent_pid=None, tracker_fd=None):
    """Run code specified by data received over pipe"""
    sys.exit(_main(pipe_handle))


def _main(fd):
    import pickle

    with os.fdopen(fd, "rb") as file:
        data = file.read()
    import io

    stream = io.BytesIO(data)
    process.current_process()._inheriting = True
    try:
        prepare(pickle.load(stream))
        obj = pickle.load(stream)
    finally:
        del process.current_process()._inheriting
    return obj._bootstrap()
