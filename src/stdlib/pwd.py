"""The users of this system, from the file in which it lists them.

Source: the Library Reference, `pwd`. Users that only a directory service knows are not found.
"""

from collections import namedtuple

struct_passwd = namedtuple('struct_passwd', 'pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell', module='pwd')


def getpwall():
    """All users, in the order of the file."""
    users = []
    try:
        with open('/etc/passwd', encoding='utf-8', errors='surrogateescape') as file:
            for line in file:
                fields = line.rstrip('\n').split(':')
                if len(fields) == 7 and fields[2].isdigit() and fields[3].isdigit():
                    users.append(struct_passwd(*fields[:2], int(fields[2]), int(fields[3]), *fields[4:]))
    except OSError:
        pass
    return users


def getpwnam(name, /):
    """The user of this name."""
    if not isinstance(name, str):
        raise TypeError(f"getpwnam() argument must be str, not {type(name).__name__}")
    for user in getpwall():
        if user.pw_name == name:
            return user
    raise KeyError(f'getpwnam(): name not found: {name!r}')


def getpwuid(uid, /):
    """The user of this number."""
    for user in getpwall():
        if user.pw_uid == uid:
            return user
    raise KeyError(f'getpwuid(): uid not found: {uid}')
