from time import slep
