"""Facts about instructions that CPython's own tests ask for. Coil's instructions do not change
while they run.

Source: Library Reference "dis".
"""

ENABLE_SPECIALIZATION = False
ENABLE_SPECIALIZATION_FT = False


def get_executor(*, code, offset):
    """Coil has no second compiler."""
    return None


def get_specialization_stats():
    """No statistics are kept."""
    return None
