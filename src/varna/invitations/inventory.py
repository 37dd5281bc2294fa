"""What each column of an invitation may hold. An occasion's words are mailed to all who are
invited.
"""

FIELDS = {
    "invitations.occasion.kind": "workflow",
    "invitations.occasion.title": "public",
    "invitations.occasion.text": "public",
    "invitations.occasion.place": "public",
    "invitations.occasion.link": "public",
    "invitations.occasion.language": "workflow",
    "invitations.occasion.answer_url": "workflow",
    "invitations.invitation.invitee_kind": "workflow",
    "invitations.invitation.address": "sealed",
    "invitations.invitation.by_hand_by": "workflow",
    "invitations.invitation.answer": "workflow",
    "invitations.invitation.token_hash": "workflow",
}
# What can hold anything and yet is not sealed: why.
WHY_IN_CLEAR = {
    "invitations.occasion.text": "mailed to everybody who is invited",
    "invitations.invitation.token_hash": "a hash of the link",
}
