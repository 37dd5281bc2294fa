"""How a picture of the mandate period is drawn. Pure."""
