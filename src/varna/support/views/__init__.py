"""Pages of measures, the police, occupational health, and the administration's tasks."""
