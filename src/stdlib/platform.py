"""What the program runs on: system, machine, interpreter.

Source: Library Reference "platform".
"""

import collections
import functools
import os
import sys

import _eras

uname_result = collections.namedtuple(
    "uname_result", "system node release version machine processor"
)
# The processor is asked for last and seldom known.
uname_result.__new__.__defaults__ = ("",)


@functools.cache
def uname():
    """Fairly portable uname interface. Returns a tuple
    of strings (system, node, release, version, machine, processor)
    identifying the underlying platform."""
    facts = os.uname()
    return uname_result(
        facts.sysname, facts.nodename, facts.release, facts.version, facts.machine, ""
    )


def system():
    """Returns the system/OS name, e.g. 'Linux', 'Windows' or 'Java'."""
    return uname().system


def node():
    """Returns the computer's network name (which may not be fully qualified)."""
    return uname().node


def release():
    """Returns the system's release, e.g. '2.2.0' or 'NT'."""
    return uname().release


def version():
    """Returns the system's release version."""
    return uname().version


def machine():
    """Returns the machine type, e.g. 'x86_64'."""
    return uname().machine


def processor():
    """Returns the (true) processor name; an empty string if it cannot be determined."""
    return uname().processor


def architecture(executable=sys.executable, bits="", linkage=""):
    """Queries the given executable for various architecture information: bits and linkage."""
    return bits or ("64bit" if sys.maxsize > 2**32 else "32bit"), linkage or "ELF"


def python_implementation():
    """Returns a string identifying the Python implementation."""
    name = sys.implementation.name
    return {"cpython": "CPython"}.get(name, name.capitalize())


def python_version():
    """Returns the Python version as string 'major.minor.patchlevel'."""
    return ".".join(map(str, sys.version_info[:3]))


def python_version_tuple():
    """Returns the Python version as tuple (major, minor, patchlevel) of strings."""
    return tuple(map(str, sys.version_info[:3]))


def python_branch():
    """Returns a string identifying the branch that the interpreter was built from."""
    return ""


def python_revision():
    """Returns a string identifying the revision that the interpreter was built from."""
    return ""


def python_build():
    """Returns a tuple (buildno, builddate) stating the build number and date as strings."""
    return ("", "")


def python_compiler():
    """Returns a string identifying the compiler used for compiling the interpreter."""
    return "rustc"


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    """Tries to determine the libc version that the executable is linked against."""
    return lib, version


def mac_ver(release="", versioninfo=("", "", ""), machine=""):
    """Get macOS version information; empty strings elsewhere."""
    return release, versioninfo, machine


def win32_ver(release="", version="", csd="", ptype=""):
    """Get version information of Windows; empty strings elsewhere."""
    return release, version, csd, ptype


def win32_is_iot():
    """Whether this is an edition of Windows for things."""
    return False


def win32_edition():
    """The edition of Windows; None elsewhere."""
    return None


def java_ver(release="", vendor="", vminfo=("", "", ""), osinfo=("", "", "")):
    """Version interface for Jython."""
    return release, vendor, vminfo, osinfo


def freedesktop_os_release():
    """Return operation system identification from freedesktop.org os-release"""
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            file = open(path, encoding="utf-8")
        except OSError:
            continue
        facts = {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"}
        with file:
            for line in file:
                name, sign, value = line.strip().partition("=")
                if sign and not name.startswith("#"):
                    facts[name] = value.strip("\"'")
        return facts
    raise OSError(2, "Unable to read files /etc/os-release, /usr/lib/os-release")


@functools.cache
def platform(aliased=False, terse=False):
    """Returns a single string identifying the underlying platform
    with as much useful information as possible (but no more :)."""
    facts = uname()
    parts = [facts.system, facts.release]
    if not terse:
        parts.append(facts.machine)
    return "-".join(part.replace(" ", "_") for part in parts if part)


def _linux_distribution(
    distname="", version="", id="", supported_dists=(), full_distribution_name=True
):
    """Name, version and code name of the Linux distribution."""
    _eras.allows("platform.linux_distribution")
    return _distribution(distname, version, id, full_distribution_name)


def _dist(distname="", version="", id="", supported_dists=()):
    """The same with the short name."""
    _eras.allows("platform.dist")
    return _distribution(distname, version, id, False)


def _distribution(distname, version, id, full_distribution_name):
    try:
        facts = freedesktop_os_release()
    except OSError:
        return distname, version, id
    name = facts["NAME"] if full_distribution_name else facts["ID"]
    return name, facts.get("VERSION_ID", version), facts.get("VERSION_CODENAME", id)


def __getattr__(name):
    old = {"linux_distribution": _linux_distribution, "dist": _dist}.get(name)
    if old is not None:
        if _eras.has(f"platform.{name}"):
            return old
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
