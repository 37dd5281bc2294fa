"""Standing (läge): what proves what, and how each promise of a plan stands. Pure, and no page."""
