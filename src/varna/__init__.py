"""Värna keeps a municipality's plan against unlawful influence on its elected officials."""
