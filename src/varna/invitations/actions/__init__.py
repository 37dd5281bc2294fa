"""What is done with occasions and invitations: arrange, invite, answer."""
