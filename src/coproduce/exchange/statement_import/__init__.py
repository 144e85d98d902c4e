"""Statements that come in from a CSV or XLSX file: what people wrote in a room."""
