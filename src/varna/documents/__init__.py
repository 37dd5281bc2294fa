"""Documents (styrdokument): what has been adopted, in which words, and who has been told."""
