"""Small functions around requests that programs use on their own.

Source: Requests' documentation, "Lower-Level Classes", and what courses call: `requests.utils.quote` and the like.
"""

from urllib.parse import quote, unquote, urlsplit, urlparse, urlunparse

from requests.cookies import cookiejar_from_dict
from requests.models import encoding_from_headers as get_encoding_from_headers
from requests.sessions import VERSION, default_headers
from requests.structures import CaseInsensitiveDict


def default_user_agent(name="python-requests"):
    """Return a string representing the default user agent."""
    return f"{name}/{VERSION}"


def dict_from_cookiejar(cj):
    """Returns a key/value dictionary from a CookieJar."""
    return {cookie.name: cookie.value for cookie in cj}


def add_dict_to_cookiejar(cj, cookie_dict):
    """Returns a CookieJar from a key/value dictionary."""
    return cookiejar_from_dict(cookie_dict, cj)


def requote_uri(uri):
    """Re-quote the given URI: what is quoted stays so, and what has to be is."""
    return quote(uri, safe="!#$%&'()*+,/:;=?@[]~")


def get_auth_from_url(url):
    """The user name and the password in a URL, as a tuple."""
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or "")


def parse_header_links(value):
    """The links of a header `Link`, as dictionaries with the URL and the parameters."""
    links = []
    for link in value.strip(" '\"").split(",") if value.strip(" '\"") else ():
        url, _, parameters = link.partition(";")
        found = {"url": url.strip("<> '\"")}
        for parameter in parameters.split(";"):
            key, equals, content = parameter.partition("=")
            if not equals:
                break
            found[key.strip(" '\"")] = content.strip(" '\"")
        links.append(found)
    return links
