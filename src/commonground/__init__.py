"""Common ground: what people share and where they differ, from what they said and how they answered."""
