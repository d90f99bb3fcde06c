import aysncio
