"""Reading answers: what to ask next, and how somebody's own answers stand."""
