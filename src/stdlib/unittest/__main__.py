"""The command `-m unittest`."""

import sys

if sys.argv[0].endswith("__main__.py"):
    import os.path

    # What usage messages and the user's own processes would have to type.
    sys.argv[0] = os.path.basename(sys.executable or "python") + " -m unittest"

__unittest = True

from .main import main

main(module=None)
