"""The site: settings, addresses, the command line and the texts of every room."""
