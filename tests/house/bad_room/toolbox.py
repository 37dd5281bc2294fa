"""Whatever was needed."""

from varna.learning import views


PAGES = [views.remarks]
