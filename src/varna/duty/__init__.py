"""Duty (jour): who answers, who stands in, on which number, and what is handed over."""
