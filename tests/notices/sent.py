"""Notices of the small world: from the committee to its branches, written by the clerk, issued by the reviewer."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.worlds import World
from yibenzhang.notices.files import attach
from yibenzhang.notices.models import Notice, NoticeFile
from yibenzhang.notices.services import Wording, issue_notice, submit_notice, write_notice
from yibenzhang.organisation.models import Unit

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
TEXT = "各支部：\n请在本月内安排一次主题党日，按平常方式记账即可。"


def wording(text: str = TEXT, **more: Any) -> Wording:
    """An innocent notice with this text."""
    return Wording(**{"title": "关于主题党日的通知", "purpose": "布置主题党日", "text": text, **more})


def draft_notice(world: World, said: Wording | None = None, *, to: list[Unit] | None = None) -> Notice:
    """A draft to both branches, or to these units."""
    units = [world.branch, world.other_branch] if to is None else to
    return write_notice(unit=world.committee, wording=said or wording(), recipients=units, actor=world.clerk)


def issued_notice(
    world: World, said: Wording | None = None, *, on: date | None = None
) -> tuple[Notice, NoticeFile]:
    """An issued notice with a file."""
    notice = draft_notice(world, said)
    file = attach(notice, "安排.pdf", PDF, actor=world.clerk)
    submit_notice(notice, actor=world.clerk)
    return issue_notice(notice, actor=world.reviewer, on=on), file
