"""What the case pages show, as frozen dataclasses built from an opened vault."""
