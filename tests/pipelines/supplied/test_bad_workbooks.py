"""Workbooks that must be refused, and the line that says why: B48 to B55."""

import contextlib
import io
import zipfile

import psutil
import pytest

from pipelines.errors import FileRefused
from pipelines.supplied.reading import read_supplied
from pipelines.supplied.workbook import read_workbook
from tests.support.workbooks import TABLE, with_cells, with_part, workbook

NAME = "referral_2026-27Q2_brook.xlsx"
SHEET = "xl/worksheets/sheet1.xml"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(raw: bytes, *, name: str = NAME) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read_workbook(raw, name)
    return refused.value


def bomb(megabytes: int) -> bytes:
    """Return a workbook whose sheet expands to so many megabytes of equal rows."""
    file = io.BytesIO()
    sound = workbook({"referral": TABLE})
    start, end = b'<row><c t="inlineStr"><is><t>', b"</t></is></c></row>"
    row = start.ljust(1_000 - len(end), b"x") + end
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for member in old.infolist():
            if member.filename != SHEET:
                new.writestr(member, old.read(member))
        with new.open(SHEET, "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData>")
            for _ in range(megabytes):
                part.write(row * 1_000)
            part.write(b"</sheetData></worksheet>")
    return file.getvalue()


def test_b48_a_sheet_that_swells_is_refused_before_it_is_decompressed() -> None:
    raw = bomb(180)
    assert len(raw) < 1_000_000
    process = psutil.Process()
    before = process.memory_info().rss
    refused = refusal(raw)
    assert process.memory_info().rss - before < 50_000_000
    assert refused.reason == "TOO_LARGE"
    assert "sheet1.xml expands to 180 MB" in str(refused)
    assert "the limits are 100 MB and 100:1" in str(refused)


def test_b48_a_directory_that_states_too_few_bytes_does_not_help() -> None:
    raw = bytearray(bomb(180))
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as archive:
        true_size = archive.getinfo(SHEET).file_size
    place = raw.rfind(true_size.to_bytes(4, "little"))
    raw[place : place + 4] = (900_000).to_bytes(4, "little")
    process = psutil.Process()
    before = process.memory_info().rss
    assert refusal(bytes(raw)).reason == "DAMAGED_FILE"
    assert process.memory_info().rss - before < 50_000_000


@pytest.mark.parametrize(
    ("raw", "reason", "words"),
    [
        (b"", "EMPTY_FILE", "is empty (0 bytes)"),
        (b"referral_id,person_key\nR-1,x\n", "NOT_A_WORKBOOK", "Name it .csv"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table>", "NOT_A_WORKBOOK", "web page or XML text"),
        (OLE2 + "Workbook".encode("utf-16-le"), "NOT_A_WORKBOOK", "old Excel file"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "PASSWORD", "without a password"),
        (b"PK\x03\x04 and no more", "DAMAGED_FILE", "directory cannot be read"),
        (b"\0\1\2\3", "NOT_A_WORKBOOK", "of an unknown kind"),
    ],
)
def test_b49_other_content_named_xlsx(raw: bytes, reason: str, words: str) -> None:
    refused = refusal(raw)
    assert refused.reason == reason
    assert words in str(refused)


def test_b49_another_document_in_a_zip_archive() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(file.getvalue()).reason == "NOT_A_WORKBOOK"


def test_b49_a_workbook_named_csv() -> None:
    with pytest.raises(FileRefused, match="name it \\.xlsx"):
        read_supplied(workbook({"referral": TABLE}), "referral.csv", encoding="utf-8")


def test_b49_a_workbook_cut_short() -> None:
    assert refusal(workbook({"referral": TABLE})[:-300]).reason == "DAMAGED_FILE"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
        "<!DOCTYPE a>",
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
def test_b50_document_types_and_entities(declaration: str, part: str) -> None:
    def declared(content: bytes) -> bytes:
        return content.replace(b"?>", b"?>" + declaration.encode(), 1)

    refused = refusal(with_part(workbook({"referral": TABLE}), part, declared))
    assert refused.reason == "UNSAFE_XML"
    assert part in str(refused)


def test_b50_entities_in_another_encoding() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    refused = refusal(with_part(workbook({"referral": TABLE}), SHEET, text.encode("utf-16")))
    assert refused.reason == "UNSAFE_XML"


@pytest.mark.parametrize("ending", [".xlsm", ".XLSM", ".xltm", ".xlam", ".xlsb"])
def test_b51_endings_of_files_with_macros(ending: str) -> None:
    refused = refusal(workbook({"referral": TABLE}), name=f"referral{ending}")
    assert refused.reason == "MACROS"


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("xl/vbaProject.bin", "MACROS"),
        ("xl/macrosheets/sheet1.xml", "MACROS"),
        ("xl/externalLinks/externalLink1.xml", "EXTERNAL_LINK"),
        ("xl/connections.xml", "EXTERNAL_LINK"),
        ("xl/embeddings/oleObject1.bin", "EMBEDDED_OBJECT"),
    ],
)
def test_b51_parts_that_can_act(part: str, reason: str) -> None:
    assert refusal(with_part(workbook({"referral": TABLE}), part, b"x")).reason == reason


def test_b51_a_macro_workbook_under_another_name() -> None:
    def as_macro(content: bytes) -> bytes:
        return content.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )

    refused = refusal(with_part(workbook({"referral": TABLE}), "[Content_Types].xml", as_macro))
    assert refused.reason == "MACROS"


def test_b51_a_link_to_another_file() -> None:
    link = (
        b'<Relationships><Relationship Id="r1" Type="http://x/externalLinkPath" '
        b'Target="\\\\server\\share\\a.xlsx" TargetMode="External"/></Relationships>'
    )
    raw = with_part(workbook({"referral": TABLE}), "xl/worksheets/_rels/sheet1.xml.rels", link)
    assert refusal(raw).reason == "EXTERNAL_LINK"


def test_b52_formula_without_a_saved_value() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>referral_id</t></is></c></row>'
    rows += (
        '<row r="14"><c r="A14"><f>B1&amp;B2</f></c></row><row r="15"><c r="A15"><f/><v/></c></row>'
    )
    refused = refusal(with_cells(rows))
    assert refused.reason == "FORMULA_WITHOUT_VALUE"
    assert "sheet referral cell A14 holds a formula with no saved value" in str(refused)
    assert "(and 1 more cells)" in str(refused)


def test_b52_formula_with_a_saved_value_is_read() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>amount</t></is></c></row>'
    rows += '<row r="2"><c r="A2"><f>1+2</f><v>3</v></c></row>'
    assert read_workbook(with_cells(rows), NAME).rows["amount"].to_list() == ["3"]


def test_b53_merged_header_cells() -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>referral_id</t></is></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    refused = refusal(with_cells(row, after=merged))
    assert refused.reason == "HEADER_NOT_IN_ROW_1"
    assert "sheet referral A1:B1: expected one value in each cell; found merged header" in str(
        refused
    )


PERSON = "Referrals of Jane Roe"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([[PERSON], *TABLE], "sheet referral A1:A1: expected the header in row 1; found title"),
        ([[PERSON], [], *TABLE], "found title text"),
        ([[], *TABLE], "found an empty row"),
        ([TABLE[0], ("Referral ID", "Person key"), *TABLE[1:]], "A1:B2: expected one header row"),
        ([("Person", None, "Dates"), ("key", "sex", "received")], "expected one header row"),
        ([("referral_id", None, "person_key"), ("R-1", "2", "k")], "B1: expected a column name"),
        ([("referral_id", "person_key"), ("R-1", "k", PERSON)], "C2: found a value in a column"),
        ([], "found an empty sheet"),
    ],
)
def test_b53_the_header_is_not_row_1_alone(table: list[list[str]], words: str) -> None:
    refused = refusal(workbook({"referral": table}))
    assert words in str(refused)
    assert refused.reason == "HEADER_NOT_IN_ROW_1"
    assert PERSON not in str(refused)


def test_b54_a_hidden_sheet_is_ignored_with_a_warning() -> None:
    raw = workbook({"referral": TABLE, "Lookups": [["a"], ["b"]]}, hidden=("Lookups",))
    sheet = read_workbook(raw, NAME)
    assert sheet.name == "referral"
    assert sheet.warnings == ("Hidden sheets ignored: Lookups.",)
    assert sheet.row_count == 2


def test_b54_a_second_sheet_with_data_is_refused() -> None:
    refused = refusal(workbook({"April": TABLE, "May": TABLE}))
    assert refused.reason == "WRONG_SHEET"
    assert "found 2 visible sheets with data (April, May)" in str(refused)


def test_b54_a_sheet_named_like_a_detail_of_a_person_is_not_repeated() -> None:
    raw = workbook({"jane.roe@example.org": TABLE, "07700 900123": TABLE})
    assert "(number 1, number 2)" in str(refusal(raw))


def test_b54_the_sheet_named_as_the_table_is_taken() -> None:
    raw = workbook({"Notes": [["x"]], "Referral": TABLE})
    sheet = read_workbook(raw, NAME, tables=("referral", "funding"))
    assert sheet.name == "Referral"
    assert sheet.warnings == ("Other sheets ignored: Notes.",)


def test_b54_an_empty_second_sheet_does_no_harm() -> None:
    assert read_workbook(workbook({"Data": TABLE, "Sheet2": []}), NAME).name == "Data"


def test_b54_only_hidden_sheets_hold_data() -> None:
    raw = workbook({"Front": [], "Front2": [], "Data": TABLE}, hidden=("Data",))
    assert "found no visible sheet" in str(refusal(raw))


@pytest.mark.parametrize(
    "raw",
    [
        with_cells("", before='<dimension ref="A1:XFD1048576"/>'),
        with_cells('<row r="1048576"><c r="A1048576" s="1"/></row>'),
        with_cells('<row r="1"><c r="XFD1" s="1"/></row>'),
        with_cells("<row><c/></row>" * 600_000),
    ],
    ids=["stated", "row", "column", "counted"],
)
def test_b55_dimensions_beyond_the_limits(raw: bytes) -> None:
    refused = refusal(raw)
    assert refused.reason == "TOO_LARGE"
    assert "limits are" in str(refused)


@pytest.mark.parametrize(
    "part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_any_damage_to_a_part_is_refused_or_harmless(part: str) -> None:
    sound = workbook({"referral": TABLE})
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        content = archive.read(part)
    for place in range(0, len(content), 23):
        broken = content[:place] + b"9" + content[place + 1 :]
        with contextlib.suppress(FileRefused):
            read_workbook(with_part(sound, part, broken), NAME)


def test_any_damage_to_the_package_is_refused_or_harmless() -> None:
    sound = workbook({"referral": TABLE})
    for place in range(0, len(sound), 61):
        broken = sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :]
        with contextlib.suppress(FileRefused):
            read_workbook(broken, NAME)
