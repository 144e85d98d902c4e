"""What is public, as data: sets of rows with a dictionary, as JSON and CSV."""
