"""The pages of how the plan is followed."""
