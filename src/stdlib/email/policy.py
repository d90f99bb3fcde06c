"""Policies of the email package: here for programs that name one; messages do the same under all of them.

Source: Standard Library, "email.policy".
"""

__all__ = ["Policy", "Compat32", "compat32", "EmailPolicy", "default", "strict", "SMTP", "HTTP"]


class Policy:
    """How lines end, how long they are, what becomes of defects."""

    def __init__(self, **kw):
        self.linesep = "\n"
        self.max_line_length = 78
        self.raise_on_defect = False
        self.__dict__.update(kw)

    def clone(self, **kw):
        return type(self)(**{**self.__dict__, **kw})


class Compat32(Policy):
    """The behaviour of Python 3.2."""


class EmailPolicy(Policy):
    """The newer behaviour."""


compat32 = Compat32()
default = EmailPolicy()
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep="\r\n")
HTTP = default.clone(linesep="\r\n", max_line_length=None)
