"""Who took part and who is missing, and the embedding map."""
