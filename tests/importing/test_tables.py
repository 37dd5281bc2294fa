"""Files become tables, or are refused with the reason, before anything is compared."""

import contextlib
import io
import struct
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

import registers
from varna.importing.rules import sheets, tables
from varna.importing.rules.tables import FileReason, FileRefusedError


ROW = ["Åsa", "Ärlig", "asa@exempelstad.example", "070-174 06 05", "-", "Valnämnden", "Ledamot"]
HEADERS = registers.HEADERS[: len(ROW)]


def why(content):
    read = sheets.read_xlsx if sheets.is_zip(content) else tables.read_csv
    with pytest.raises(FileRefusedError) as refusal:
        read(content)
    return refusal.value.reason, refusal.value.line


@pytest.mark.parametrize("sign", list(";,\t"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_delimiter_and_alphabet_gives_the_same_table(sign, encoding):
    content = registers.csv_of([ROW], headers=HEADERS, sign=sign, encoding=encoding)
    table = tables.read_csv(content)
    assert table.headers == tuple(HEADERS)
    assert table.rows == [(2, ROW)]


def test_the_first_line_may_name_the_delimiter():
    table = tables.read_csv(b"sep=,\r\nNamn,Organ\r\nBo Ek,Valn\xe4mnden\r\n")
    assert table.headers == ("Namn", "Organ")
    assert table.rows == [(3, ["Bo Ek", "Valnämnden"])]


def test_lines_are_counted_as_an_editor_counts_them():
    text = 'Namn;Organ\n"Bo\nEk";Valnämnden\n\n;\nIda Ask;"a\r\nb\nc"\nUno Å;x\n'
    table = tables.read_csv(text.encode())
    assert [line for line, _ in table.rows] == [2, 6, 9]
    assert table.blank == 2


def test_a_comma_in_names_does_not_fool_the_sniffing():
    rows = [["Ek, Bo", "Valnämnden, Exempelstad"]] * 3
    assert tables.read_csv(registers.csv_of(rows, headers=["Namn", "Organ"])).rows[0][1] == rows[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n  \n",
        b"Namn;Organ\n",
        b"Namn;Organ\n ; \n",
    ],
)
def test_a_file_without_rows_is_empty(content):
    assert why(content)[0] is FileReason.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"%PDF-1.7\n\x00\x01",
        b"<html><table><tr><td>a;b</td></tr></table></html>",
        b'{"name": "Bo", "body": "x"}',
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
        "En löpande text utan tabell.\nEn rad till.\n".encode(),
    ],
)
def test_what_is_no_table_says_so(content):
    assert why(content)[0] is FileReason.NOT_A_TABLE


@pytest.mark.parametrize("cell", ["=1+1", "=HYPERLINK(x)", "@SUM(A1)", "+cmd|calc", "-2+A3"])
def test_a_formula_is_refused_with_its_line(cell):
    rows = [["Bo Ek", "Valnämnden"], ["Ida Ask", cell]]
    assert why(registers.csv_of(rows, headers=["Namn", "Organ"])) == (FileReason.FORMULA, 3)
    assert why(registers.xlsx_of(rows, headers=["Namn", "Organ"])) == (FileReason.FORMULA, 3)


@pytest.mark.parametrize("cell", ["-", "--", "+46 (0)21-39 00 00", "-12,5", "+40 %", " - "])
def test_a_dash_a_number_and_a_telephone_number_are_no_formulas(cell):
    table = tables.read_csv(registers.csv_of([["Bo", cell]], headers=["Namn", "Telefon"]))
    assert table.rows[0][1] == ["Bo", cell.strip()]


def test_an_open_quotation_mark_is_refused_with_its_line():
    assert why(b'Namn;Organ\nBo;x\nIda;"y\nUno;z\n') == (FileReason.BAD_QUOTES, 3)


def test_too_many_rows_and_columns_are_refused(monkeypatch):
    wide = registers.csv_of([["x"] * 101], headers=["h"] * 101)
    assert why(wide)[0] is FileReason.TOO_WIDE
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    long = registers.csv_of([["a", "b"]] * 4, headers=["Namn", "Organ"])
    assert why(long)[0] is FileReason.TOO_MANY_ROWS


def test_too_large_a_file_is_refused():
    with pytest.raises(FileRefusedError):
        tables.size_is_well(tables.MOST_BYTES + 1)


def test_a_sheet_reads_like_the_same_csv():
    rows = [ROW, ["", " ", "", "", "", "", ""], ROW]
    sheet = sheets.read_xlsx(registers.xlsx_of(rows, headers=HEADERS))
    text = tables.read_csv(registers.csv_of(rows, headers=HEADERS))
    assert sheet == text


def test_days_numbers_and_answers_in_a_sheet_become_text():
    import datetime as dt

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Namn", "Från", "Heltid", "Id"])
    sheet.write_string(1, 0, "Bo Ek")
    sheet.write_datetime(1, 1, dt.date(2026, 10, 15), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_boolean(1, 2, True)
    sheet.write_number(1, 3, 4711)
    book.close()
    assert sheets.read_xlsx(out.getvalue()).rows == [(2, ["Bo Ek", "2026-10-15", "ja", "4711"])]


def test_a_formula_in_a_sheet_is_found_though_its_value_is_harmless():
    content = registers.xlsx_of([ROW], headers=HEADERS, formula='=CONCATENATE("B","o")')
    assert why(content)[0] is FileReason.FORMULA


@pytest.mark.parametrize("cell", [(1_048_575, 0), (1, 16_383), (199_999, 90)])
def test_a_cell_far_out_is_refused_before_memory_is_taken(cell):
    content = registers.xlsx_of([ROW], headers=HEADERS, far_out=cell)
    assert why(content)[0] in {FileReason.TOO_WIDE, FileReason.TOO_MANY_ROWS}


def a_zip(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def test_a_bomb_is_never_unpacked():
    bomb = a_zip([("xl/workbook.xml", b" " * (30 * 1024 * 1024))])
    assert len(bomb) < 100_000
    assert why(bomb)[0] is FileReason.BOMB


def test_a_swarm_of_parts_is_refused():
    swarm = a_zip([(f"xl/{n}.xml", b"") for n in range(sheets.MOST_PARTS + 1)])
    assert why(swarm)[0] is FileReason.BOMB


def test_a_bomb_that_lies_about_its_size_is_damaged():
    """The central directory says ten bytes; the part holds a megabyte."""
    content = bytearray(a_zip([("xl/workbook.xml", b"<a>" + b" " * 1_000_000 + b"</a>")]))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    assert why(bytes(content))[0] is FileReason.DAMAGED


def test_declared_entities_are_refused():
    xml = b'<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'
    assert why(a_zip([("xl/workbook.xml", xml)]))[0] is FileReason.BOMB


def test_another_kind_of_zip_is_no_table():
    assert why(a_zip([("word/document.xml", b"<a/>")]))[0] is FileReason.NOT_A_TABLE


def test_a_file_cut_short_is_damaged():
    content = registers.xlsx_of([ROW] * 50, headers=HEADERS)
    assert why(content[: len(content) // 2])[0] is FileReason.DAMAGED


@given(st.binary(max_size=400))
def test_no_bytes_whatever_do_more_than_be_refused(content):
    for read in (tables.read_csv, sheets.read_xlsx):
        with contextlib.suppress(FileRefusedError):
            read(content)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8).map(
                lambda text: "x" + text.strip()
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_written_is_what_is_read(rows):
    content = registers.csv_of(rows, headers=["Namn", "Organ", "Roll"], quoting=1)
    assert [cells for _, cells in tables.read_csv(content).rows] == rows


# ── as people export them ─────────────────────────────────────────────────────────────────────
TITLE = "Förtroendevalda i Exempelstad"
HEAD = ["Namn", "Parti", "Organ", "Befattning"]
SEATS = [["Bo Ek", "Mittenlistan", "Valnämnden", "Ledamot"],
         ["Bo Ek", "Mittenlistan", "Kulturnämnden", "Ersättare"]]  # fmt: skip


def a_book(*sheets, merged=()):
    """Sheets as rows; `merged`: top, left, bottom and right in the last sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, sheets[-1][top][left])
    return file.getvalue()


def read_table(content):
    return sheets.read_xlsx(content) if sheets.is_zip(content) else tables.read_csv(content)


def seats(table):
    return table.headers, [cells for _line, cells in table.rows]


@pytest.mark.parametrize("above", [[[TITLE]], [[TITLE], [], ["Utskriven", "2026-11-25"]]])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_title_above_the_headers_is_no_header(above, sign):
    text = "\n".join(sign.join(row) for row in [*above, HEAD, *SEATS])
    table = read_table(text.encode())
    assert seats(table) == (tuple(HEAD), SEATS)
    assert table.rows[0][0] == len(above) + 2, "lines are counted from the top of the file"
    assert seats(read_table(a_book([*above, HEAD, *SEATS]))) == (tuple(HEAD), SEATS)


def test_a_sheet_that_tells_about_the_others_is_passed_by():
    about = [["Om filen", ""], ["Kontakt", "Kansliet"]]
    assert seats(read_table(a_book(about, [HEAD, *SEATS]))) == (tuple(HEAD), SEATS)


def test_a_name_merged_over_its_rows_is_said_of_each():
    rows = [[TITLE, "", "", ""], HEAD, SEATS[0], ["", "", *SEATS[1][2:]]]
    merged = [(0, 0, 0, 3), (2, 0, 3, 0), (2, 1, 3, 1)]
    assert seats(read_table(a_book(rows, merged=merged))) == (tuple(HEAD), SEATS)


def test_an_open_document_is_refused_by_name():
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = [("mimetype", kind), ("content.xml", b"<x/>")]
    assert why(a_zip(parts))[0] is FileReason.OPEN_DOCUMENT
