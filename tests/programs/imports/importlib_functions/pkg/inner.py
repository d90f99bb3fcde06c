where = "pkg.inner"
