"""Pages for writing to people who left an address."""
