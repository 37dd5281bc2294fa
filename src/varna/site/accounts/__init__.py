"""The access administrator's pages (konton): who can sign in, with which roles, given by whom.

They stand on top of every room, because giving a role may open what a room keeps.
"""
