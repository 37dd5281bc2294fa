"""Operation (drift): is everything well, are there copies, and can they be read back?"""
