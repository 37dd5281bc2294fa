"""How a case is handled, by noun. Pure.

The plan: support is judged individually from case to case, before or with measures. Levels,
questions and classes are our own words; domain.md §3 names the literature behind them.
"""
