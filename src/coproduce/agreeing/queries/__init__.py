"""Reading what people said of combined wordings."""
