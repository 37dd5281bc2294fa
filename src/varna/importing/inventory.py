"""What each field of an import may hold: workflow or sealed. A test reads this list.

Codes, places, counts and ids; what a file was called and what stood in it are not kept.
"""

FIELDS: dict[str, str] = {
    "importing.import.state": "workflow",
    "importing.import.made_by": "workflow",
    "importing.import.sha256": "workflow",
    "importing.import.file": "sealed",
    "importing.import.columns": "workflow",
    "importing.import.counts": "workflow",
    "importing.import.refused": "workflow",
    "importing.import.changed": "workflow",
    "importing.import.ended": "workflow",
    "importing.import.asked": "workflow",
    "importing.import.answers": "workflow",
    "importing.import.digest": "workflow",
    "importing.import.refusal": "workflow",
    "importing.before.kind": "workflow",
    "importing.before.was": "sealed",
    "importing.rememberedcolumns.fingerprint": "workflow",
    "importing.rememberedcolumns.columns": "workflow",
}
# What can hold anything and yet is not sealed: why.
WHY_IN_CLEAR = {
    "importing.import.columns": "places of columns, never their headers",
    "importing.import.counts": "figures",
    "importing.import.refused": "lines, codes and columns; never what stood there",
    "importing.import.changed": "ids of assignments",
    "importing.import.ended": "ids of assignments",
    "importing.import.asked": "lines and codes; never what stood there",
    "importing.import.answers": "keyed tokens of names, and codes",
    "importing.rememberedcolumns.columns": "places of columns, never their headers",
}
