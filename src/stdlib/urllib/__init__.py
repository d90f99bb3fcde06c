"""Package for URLs: parsing, opening, errors."""
