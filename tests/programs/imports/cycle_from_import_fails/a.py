from b import thing
other = 1
