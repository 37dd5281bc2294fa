"""What the pages of compliance show (efterlevnadens sidor)."""
