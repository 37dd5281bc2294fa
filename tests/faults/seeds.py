"""Chance that can be had again: the seed is printed, and `SEED=…` takes it."""

import os
import random


def chance():
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    print(f"SEED={seed}")
    return random.Random(seed)
