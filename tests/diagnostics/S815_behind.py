x = 5  // five apples here
