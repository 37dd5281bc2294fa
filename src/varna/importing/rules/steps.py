"""When something can be done with a file that is being read into the register. Pure."""

from enum import StrEnum


class WhyNotNow(StrEnum):
    STALE = "stale"  # the register has changed since the preview: look again
    BUSY = "busy"  # another file is being written just now
    NOT_LAST = "not_last"  # a later import has been applied, or this has been undone
    UNANSWERED = "unanswered"  # somebody must say what new bodies are, or that the file is right
    ELSEWHERE = "elsewhere"  # the import is not where this can be done: somebody was first
