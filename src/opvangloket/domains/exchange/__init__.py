"""What comes in and goes out as files: the open exchange format (EXCHANGE, version 1), the register, free places."""
