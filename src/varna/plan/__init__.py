"""Plan (handlingsplan): what the municipality has promised, when it is due and what proves it."""
