"""Workbooks as users and attackers make them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

PLAIN = {"strings_to_formulas": False}


def write_sheets(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """Plain sheets, the first row being the headings."""
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(line, column, value, day)
                    elif value is not None:
                        sheet.write(line, column, value)
    return path


def rewrite(path: Path, changes: dict[str, bytes], *, drop: Sequence[str] = ()) -> Path:
    """Replace, add or drop parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name not in drop}
    parts |= changes
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def part(path: Path, name: str) -> bytes:
    """One part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
