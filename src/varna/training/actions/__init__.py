"""What is done with training: arrange, invite, note who came, vouch for somebody."""
