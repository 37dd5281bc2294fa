"""Print (tryck): content set in type, as PDF that a screen reader can read (PDF/UA-1)."""
