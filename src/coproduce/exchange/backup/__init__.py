"""An exact, encrypted copy of conversations, for the operator, and the way back."""
