"""The package of module `concurrent.futures`."""
