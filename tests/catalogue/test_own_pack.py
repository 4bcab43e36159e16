"""An agency adds a kind and an indicator by writing a pack in its home: no code, from a shell, through to the figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PACK = """
pack: own
title: 本单位包
accounts:
  - {code: circle.session, name: 读书分享会, measure: 次}
  - {code: circle.attendance, name: 读书分享会参加人次, label: 参加, measure: 人次}
kinds:
  - code: reading_circle
    name: 读书分享会
    group: 理论学习
    recorded_by: [bureau]
    fields:
      - {code: guests, name: 来宾人数, type: integer}
    posts:
      - {account: circle.session}
      - {account: circle.attendance, quantity: guests}
indicators:
  - {code: circle.sessions, name: 读书分享会, measure: 次, group: 理论学习, definition: 举办的次数。, aggregation: distinct,
     key: event, accounts: [circle.session]}
"""
RECORD = """
import django; django.setup()
from datetime import date
from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.services import post_voucher
from yibenzhang.organisation.models import Unit
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.services import save_draft, submit_voucher
one, two = User.objects.create(username="one"), User.objects.create(username="two")
entry = Entry(Unit.objects.get(), current_catalogue().kind("reading_circle"), "四月读书会", date(2024, 4, 23), values={"guests": 7})
post_voucher(submit_voucher(entry, save_draft(entry, preparer=one), actor=one), actor=two)
"""


def test_a_pack_in_the_home_folder_is_enough(tmp_path: Path) -> None:
    home = tmp_path / "book"
    (home / "packs" / "own").mkdir(parents=True)
    (home / "packs" / "own" / "pack.yaml").write_text(PACK, encoding="utf-8")
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        "YIBENZHANG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "yibenzhang.config.settings",
    }

    def run(*arguments: str, text: str = "") -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, input=text, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    cli = ("-m", "yibenzhang.cli.main")
    start = (
        "--name",
        "澜江省试点局",
        "--code",
        "pilot",
        "--packs",
        "base",
        "--admin",
        "root",
        "--password-stdin",
    )
    run(*cli, "init", "--home", str(home), *start, text="a-long-password\n")
    run(*cli, "init", "--home", str(home), "--packs", "base,own")
    run("-c", RECORD)
    asked = ("--home", str(home), "--unit", "pilot", "--period", "2024", "--json")
    (figure,) = json.loads(run(*cli, "figures", *asked, "--indicator", "circle.sessions"))
    assert (figure["value"], figure["state"], figure["name"]) == (1, "value", "读书分享会")
    traced = json.loads(run(*cli, "trace", "circle.sessions", *asked))
    assert [line["account"] for line in traced["postings"]] == ["circle.session"]
