"""Invitations (kallelser): who was asked to what, whether it left, and what they answered."""
