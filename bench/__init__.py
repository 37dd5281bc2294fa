"""The figures in docs/reference, measured on this machine: `python -m bench`."""
