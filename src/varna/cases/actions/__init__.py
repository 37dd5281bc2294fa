"""What handlers do with cases: one function a deed."""
