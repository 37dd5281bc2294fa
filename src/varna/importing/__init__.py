"""Importing (inläsning): a file becomes changes in the register, looked at before they are made."""
