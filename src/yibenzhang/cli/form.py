"""`yibenzhang form`: fill the superior's form and say which cells stayed empty, and why."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibenzhang.cli.actors import add_user, user_of
from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from yibenzhang.superior_forms.answers import Answer
    from yibenzhang.superior_forms.consistency import Contradiction
    from yibenzhang.superior_forms.gate import FormFile
    from yibenzhang.superior_forms.models import SuperiorForm

SUMMARY = "把上级发来的表（.xlsx、.docx）按台账填好，说明哪些格子没填和为什么"


def configure(parser: Parser) -> None:
    """Options of the command."""
    add_home(parser)
    parser.add_argument("--unit", required=True, metavar="代码", help="填报单位的代码，例如 geology")
    parser.add_argument("--period", required=True, metavar="期间", help="填哪一期，例如 2023、2023H1")
    parser.add_argument("--in", required=True, type=Path, metavar="文件", dest="form", help="上级发来的表")
    parser.add_argument("--out", required=True, type=Path, metavar="文件", help="填好的表写到哪里")
    parser.add_argument("--example", type=Path, metavar="文件", help="去年填好的同一张表，按数认格子")
    parser.add_argument("--sources", action="store_true", help="附数据来源：批注（.xlsx）或附表（.docx）")
    parser.add_argument("--keep", action="store_true", help="把这张表存进账本，以后在网页上接着填")
    add_user(parser)
    add_json(parser)
    parser.examples(
        "yibenzhang form --home book --unit geology --period 2023 --in 统计表.xlsx --out 填好.xlsx",
        "yibenzhang form --home book --unit geology --period 2023 --in 统计表.xlsx --example 去年.xlsx --out 填好.xlsx --json",
    )


def run(options: Namespace) -> int:
    """Fill the form; 1 when a cell stayed empty that was asked for, 0 when all are filled."""
    parse_period(options.period)
    if options.out.suffix.lower() != options.form.suffix.lower():
        raise BookError(f"--out 要和 --in 同一种文件，请用 {options.form.suffix} 结尾。", field="out")
    open_book(options.home)
    from django.db import transaction

    with transaction.atomic():
        form = _filled(options)
        answers, filled, found = _written(form, sources=options.sources)
        if not options.keep:
            transaction.set_rollback(True)
    _write(options.out, filled)
    gaps = [answer for answer in answers if answer.is_gap]
    if options.json:
        print_json(_data(form, answers, found))
    else:
        _say(form, answers, gaps, found, options.out)
    return 1 if gaps else 0


def _filled(options: Namespace) -> SuperiorForm:
    """The form taken in, with everything that leaves little doubt decided."""
    from yibenzhang.superior_forms.examples import bring_in
    from yibenzhang.superior_forms.services import accept_sure

    unit, user = unit_of(options.unit), user_of(options.user)
    form = bring_in(
        unit=unit, period=parse_period(options.period), file=_read(options.form), actor=user,
        example=_read(options.example) if options.example else None,
    )  # fmt: skip
    accept_sure(form, actor=user)
    return form


def _written(form: SuperiorForm, *, sources: bool) -> tuple[list[Answer], bytes, list[Contradiction]]:
    from yibenzhang.superior_forms.consistency import contradictions
    from yibenzhang.superior_forms.editions import answered_now
    from yibenzhang.superior_forms.filling import annotated, clean
    from yibenzhang.superior_forms.reading import grids_of

    now, answers = answered_now(form)
    filled = clean(form, answers)
    found = contradictions(grids_of(form.file_kind, form.data), answers)
    return answers, annotated(form, answers, filled, now) if sources else filled, found


def _read(path: Path) -> FormFile:
    from yibenzhang.superior_forms.gate import admit

    try:
        return admit(path.name, path.read_bytes())
    except FileNotFoundError:
        raise BookError(f"找不到文件 {path}，请核对路径。", field="in") from None
    except OSError as error:
        raise BookError(f"读不了 {path}：{error.strerror}。", field="in") from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BookError(f"写不了 {path}：{error.strerror}。请换一个位置。", field="out") from error


def _data(form: SuperiorForm, answers: list[Answer], found: list[Contradiction]) -> dict[str, Any]:
    from yibenzhang.superior_forms.notes import name_of

    return {
        "form": form.title,
        "unit": form.unit.code,
        "period": form.period,
        "cells": [
            {
                "sheet": answer.field.sheet + 1,
                "row": answer.field.place[0],
                "column": answer.field.place[1],
                "label": answer.field.label,
                "state": answer.state,
                "written": answer.shown or None,
                "indicator": answer.indicator.code if answer.indicator else None,
                "name": name_of(answer) or None,
                "programme": answer.cell.programme or None,
                "vouchers": answer.vouchers,
                "why": answer.why or None,
                "proposals": [each["indicator"] for each in answer.cell.proposals] if answer.is_gap else [],
            }
            for answer in answers
        ],
        "contradictions": [each.text for each in found],
    }


def _say(
    form: SuperiorForm, answers: list[Answer], gaps: list[Answer], found: list[Contradiction], out: Path
) -> None:
    filled = [each for each in answers if each.indicator is not None and each.shown]
    print(f"{form.title}，{form.unit.name}：填了 {len(filled)} 格，写到 {out}")
    print_table(
        ["格子", "填写", "指标"], [(each.field.label, each.shown, each.indicator.code) for each in filled if each.indicator],
        right=[1],
    )  # fmt: skip
    if gaps:
        print(f"\n{len(gaps)} 格没填：")
        print_table(["格子", "状态", "为什么"], [(each.field.label, each.word, each.why) for each in gaps])
    for each in found:
        print(f"对不上：{each.text}")
