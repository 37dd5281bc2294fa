"""What is done with documents: written and adopted, and made known."""
