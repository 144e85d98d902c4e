"""Reading the shared understanding: as a draft, and as it was published."""
