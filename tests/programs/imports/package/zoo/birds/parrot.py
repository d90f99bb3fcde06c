from . import owl
from .. import name
from ..cats import Lion
def sound(): return f"{owl.sound} {name} {Lion.__name__}"
