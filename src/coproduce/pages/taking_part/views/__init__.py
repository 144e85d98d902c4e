"""Taking part: join, say, listen, see, and what is mine."""
