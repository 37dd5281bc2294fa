"""What the pages about following the plan show."""
