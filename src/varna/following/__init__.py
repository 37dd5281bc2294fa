"""Following (efterlevnad): the pages, pictures, reports and feeds of how the plan stands."""
