"""How the pieces are put together: settings, database, addresses, commands."""
