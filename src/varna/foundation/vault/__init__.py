"""Vault (valv): what people write is sealed; opening it asks who, why, and leaves a line first."""
