"""What each column may hold."""

FIELDS = {"learning.remark.words": "sealed", "learning.remark.note": "workflow"}
