"""Common ground: what people share and where they differ."""
