"""What words mean: ours, and those that an installation adds."""
