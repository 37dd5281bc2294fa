"""Whose keys: owners that are no report, no case and no row, but belong to the installation."""

import uuid


REGISTER = uuid.UUID("00000000-0000-4000-8000-0000000000a1")  # contact details in the register
LESSONS = uuid.UUID("00000000-0000-4000-8000-0000000000a2")  # what closed cases have taught
OUTBOX = uuid.UUID("00000000-0000-4000-8000-0000000000a3")  # queued mails
INVITATIONS = uuid.UUID("00000000-0000-4000-8000-0000000000a4")  # how those not in it are reached
TRAINING = uuid.UUID("00000000-0000-4000-8000-0000000000a5")  # notes about training
COOPERATION = uuid.UUID("00000000-0000-4000-8000-0000000000a6")  # what is said with partners
