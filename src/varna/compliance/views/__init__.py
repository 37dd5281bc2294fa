"""The pages of compliance (efterlevnad)."""
