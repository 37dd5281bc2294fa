"""Reports (anmälan): somebody tells what happened."""
