"""Who did or read what: ids and codes only, appended, hash-chained."""
