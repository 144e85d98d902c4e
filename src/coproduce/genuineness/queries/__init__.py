"""Reading how genuine it was: what people said of it, the record, and what changed."""
