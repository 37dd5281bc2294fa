"""Support (stödåtgärder): measures, police, occupational health, the administration's tasks."""
