"""Names for status codes: `requests.codes.ok`, `requests.codes["not_found"]`.

Source: the registry of status codes (RFC 9110).
"""

from http import HTTPStatus

from requests.structures import LookupDict

codes = LookupDict(name="status_codes")

for _status in HTTPStatus.__members__.items():
    for _name in (_status[0].lower(), _status[0]):
        setattr(codes, _name, int(_status[1]))
for _name, _code in (("okay", 200), ("all_ok", 200), ("all_good", 200), ("moved", 301), ("other", 303), ("bad", 400),
                     ("payment", 402), ("not_allowed", 405), ("teapot", 418), ("too_many", 429), ("server_error", 500),
                     ("unavailable", 503), ("permanent_redirect", 308), ("resume", 308), ("temporary_redirect", 307)):
    setattr(codes, _name, _code)
    setattr(codes, _name.upper(), _code)
del _status, _name, _code
