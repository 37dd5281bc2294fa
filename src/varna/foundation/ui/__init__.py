"""Looks (gränssnitt): the page, its parts, its one stylesheet, quick exit and the error pages."""
