def async fetch(url):
    pass
