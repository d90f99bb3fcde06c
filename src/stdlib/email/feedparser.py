"""FeedParser - An email feed parser.

Source: Standard Library, "email.parser", "FeedParser API".
"""

from email.parser import BytesFeedParser, FeedParser

__all__ = ["FeedParser", "BytesFeedParser"]
