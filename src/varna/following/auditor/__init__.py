"""What goes with the auditor's file: the script that goes through it, and its schema."""
