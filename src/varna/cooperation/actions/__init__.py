"""What is done in cooperation: partners kept, meetings held, sharing noted."""
