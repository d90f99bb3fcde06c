__all__ = ["public", "listed", "_listed"]
public, listed, _listed, hidden = 1, 2, 3, 4
