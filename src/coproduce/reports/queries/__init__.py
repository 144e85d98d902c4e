"""Reads across records for reports."""
