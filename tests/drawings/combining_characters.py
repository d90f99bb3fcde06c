été = 1
family = "👩‍👩‍👧"; print(family + été)
