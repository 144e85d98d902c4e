"""Reading across the conversations of an area. People are never added up across them."""
