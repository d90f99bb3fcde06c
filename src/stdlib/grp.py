"""The groups of this system, from the file in which it lists them.

Source: the Library Reference, `grp`. Groups that only a directory service knows are not found.
"""

from collections import namedtuple

struct_group = namedtuple('struct_group', 'gr_name gr_passwd gr_gid gr_mem', module='grp')


def getgrall():
    """All groups, in the order of the file."""
    groups = []
    try:
        with open('/etc/group', encoding='utf-8', errors='surrogateescape') as file:
            for line in file:
                fields = line.rstrip('\n').split(':')
                if len(fields) == 4 and fields[2].isdigit():
                    groups.append(struct_group(*fields[:2], int(fields[2]), fields[3].split(',') if fields[3] else []))
    except OSError:
        pass
    return groups


def getgrnam(name):
    """The group of this name."""
    for group in getgrall():
        if group.gr_name == name:
            return group
    raise KeyError(f'getgrnam(): name not found: {name!r}')


def getgrgid(id):
    """The group of this number."""
    for group in getgrall():
        if group.gr_gid == id:
            return group
    raise KeyError(f'getgrgid(): gid not found: {id}')
