"""Common ground: what people share and where they differ."""

__version__ = "0.1.0"
