"""Facts about how the interpreter was built and where it keeps its files. Coil is one file,
with its library inside, so there is little to tell.

Source: Library Reference "sysconfig".
"""

import sys

__all__ = [
    "get_config_h_filename", "get_config_var", "get_config_vars", "get_default_scheme",
    "get_makefile_filename", "get_path", "get_path_names", "get_paths", "get_platform",
    "get_preferred_scheme", "get_python_version", "get_scheme_names", "parse_config_h",
]

_PATH_NAMES = ("stdlib", "platstdlib", "purelib", "platlib", "include", "scripts", "data")
_VERSION = "{}.{}".format(*sys.version_info[:2])

_variables = {
    "prefix": sys.prefix,
    "exec_prefix": sys.exec_prefix,
    "base": sys.base_prefix,
    "installed_base": sys.base_prefix,
    "platbase": sys.base_prefix,
    "installed_platbase": sys.base_prefix,
    "py_version": sys.version.split()[0],
    "py_version_short": _VERSION,
    "py_version_nodot": _VERSION.replace(".", ""),
    "VERSION": _VERSION,
    "abiflags": "",
    "EXT_SUFFIX": ".so",
    "EXE": "",
    "Py_DEBUG": 0,
    "Py_GIL_DISABLED": 0,
    "Py_ENABLE_SHARED": 0,
    "WITH_DOC_STRINGS": 1,
    "HAVE_FORK": 0,
    "SOABI": None,
    "CONFIG_ARGS": "",
    "PY_CFLAGS": "",
    "PY_CORE_CFLAGS": "",
    "CFLAGS": "",
    "LDFLAGS": "",
    "MACHDEP": sys.platform,
    "SHELL": "/bin/sh",
    "SIZEOF_TIME_T": 8,
    "userbase": "",
}


def get_config_vars(*args):
    """With no arguments, return a dictionary of all configuration variables; else their values."""
    if args:
        return [_variables.get(name) for name in args]
    return _variables


def get_config_var(name):
    """Return the value of a single variable."""
    return _variables.get(name)


def get_scheme_names():
    """Return a tuple containing the schemes names."""
    return ("posix_home", "posix_prefix", "posix_user", "venv")


def get_default_scheme():
    """The scheme in use."""
    return "posix_prefix"


def get_preferred_scheme(key):
    """The scheme for a kind of installation: prefix, home or user."""
    try:
        return {"prefix": "posix_prefix", "home": "posix_home", "user": "posix_user"}[key]
    except KeyError:
        raise ValueError(f"{key!r} is not a valid key") from None


def get_path_names():
    """Return a tuple containing the paths names."""
    return _PATH_NAMES


def get_paths(scheme="posix_prefix", vars=None, expand=True):
    """Return a mapping containing an install scheme."""
    base = (vars or {}).get("base", sys.prefix)
    library = f"{base}/lib/python{_VERSION}"
    return {
        "stdlib": library,
        "platstdlib": library,
        "purelib": f"{library}/site-packages",
        "platlib": f"{library}/site-packages",
        "include": f"{base}/include/python{_VERSION}",
        "platinclude": f"{base}/include/python{_VERSION}",
        "scripts": f"{base}/bin",
        "data": base,
    }


def get_path(name, scheme="posix_prefix", vars=None, expand=True):
    """Return a path corresponding to the scheme."""
    return get_paths(scheme, vars, expand)[name]


def get_platform():
    """Return a string that identifies the current platform."""
    import os

    facts = os.uname()
    return f"{sys.platform}-{facts.machine or 'any'}"


def get_python_version():
    """Its first two numbers."""
    return _VERSION


def is_python_build(check_home=None):
    """Whether this runs from where it was built: never."""
    return False


def get_config_h_filename():
    """Return the path of pyconfig.h, which there is none of."""
    return get_path("include") + "/pyconfig.h"


def get_makefile_filename():
    """Return the path of the Makefile, which there is none of."""
    return get_path("stdlib") + "/config/Makefile"


def parse_config_h(fp, vars=None):
    """Read the definitions of a pyconfig.h-like file."""
    vars = {} if vars is None else vars
    for line in fp:
        words = line.split()
        if len(words) == 3 and words[0] == "#define":
            value = words[2]
            vars[words[1]] = int(value) if value.lstrip("-").isdigit() else value
        elif len(words) >= 3 and words[:2] == ["/*", "#undef"]:
            vars[words[2]] = 0
    return vars
