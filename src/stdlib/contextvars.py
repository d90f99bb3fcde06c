"""Context variables: values that follow a flow of control, a task for one, rather than a thread (PEP 567)."""

from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ("Context", "ContextVar", "Token", "copy_context")
