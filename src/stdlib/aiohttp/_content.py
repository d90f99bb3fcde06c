"""What the headers of a message say of its body, for requests and for answers.

Source: aiohttp's documentation, "Web Server Reference", `content_type`, `charset`, `content_length`.
"""

from email.message import Message


class ContentHeaders:
    """The properties that follow from the attribute `_headers`."""

    _content_message = None

    def _content(self):
        """The header Content-Type as a message, which knows its parameters."""
        message = self._content_message
        if message is None:
            message = self._content_message = Message()
            message.set_default_type("application/octet-stream")
            value = self._headers.get("Content-Type")
            if value is not None:
                message["Content-Type"] = value
        return message

    @property
    def content_type(self):
        return self._content().get_content_type()

    @property
    def charset(self):
        return self._content().get_content_charset()

    @property
    def content_length(self):
        length = self._headers.get("Content-Length")
        return None if length is None else int(length)
