new Foo()
