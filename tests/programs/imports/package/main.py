import zoo
import zoo.birds.parrot
from zoo import cats
from zoo.birds import owl, parrot
from zoo.cats import Lion as L
print(zoo.__name__, zoo.__package__, zoo.cats is cats, zoo.birds.parrot is parrot, L().speak(), owl.sound, parrot.sound())
print(zoo.birds.__package__, owl.__name__, owl.__package__, hasattr(zoo, "__path__"), hasattr(cats, "__path__"))
