"""The inspection pack: from what people said to what changed, dated, in one zip."""
