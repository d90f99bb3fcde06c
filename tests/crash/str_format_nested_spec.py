# allows: ValueError KeyError
("{:" * 50_000 + "}" * 50_000).format(*range(50_000))
