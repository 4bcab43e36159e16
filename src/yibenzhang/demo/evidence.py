"""Small evidence files made for some records: minutes, a list of who came, a picture. Never compulsory (AF-04)."""

import io
from random import Random

import xlsxwriter
from docx import Document
from PIL import Image, ImageDraw

from yibenzhang.demo.record import Course, Record

MINUTES = {
    "branch_general_meeting",
    "branch_committee_meeting",
    "centre_group_study",
    "agency_committee_meeting",
}
OUTDOORS = {"theme_party_day", "field_research", "volunteer_service", "emergency_response"}
SIGNED = {"training_course", "organisational_life_meeting"}
# The branches one signs in to have more to show than the others.
SHOWN = {"meteo_b10", "geo_t1_b2"}


def evidence_of(record: Record, names: dict[str, str]) -> list[tuple[str, bytes]]:
    """File names and contents for a record; for most records none. `names` gives people's names by handle."""
    chance = Random(f"evidence|{record.seed}").random()
    if chance > (0.3 if record.unit in SHOWN else 0.008) or record.course is Course.DUPLICATED:
        return []
    who = [names[handle] for handle in record.people.get("attendees", record.people.get("trainees", []))]
    if record.kind in MINUTES:
        return [("会议记录.docx", _minutes(record, who))]
    if record.kind in OUTDOORS:
        return [("活动现场.png", _picture(record))]
    if record.kind in SIGNED:
        return [("参加人员名单.xlsx", _name_list(record, who))]
    return []


def _minutes(record: Record, who: list[str]) -> bytes:
    document = Document()
    document.add_heading(record.title, level=1)
    document.add_paragraph(f"时间：{record.day.year}年{record.day.month}月{record.day.day}日")
    document.add_paragraph(f"参加：{'、'.join(who)}")
    document.add_paragraph("会议按议程进行，议定事项见凭证。")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _name_list(record: Record, who: list[str]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("名单")
        sheet.write_row(0, 0, ["序号", "姓名", record.title])
        for number, name in enumerate(who, start=1):
            sheet.write_row(number, 0, [number, name])
    return kept.getvalue()


def _picture(record: Record) -> bytes:
    """A plain drawing of hills under a sky, in rain where an emergency was answered; it shows nobody."""
    rng = Random(record.seed)
    in_rain = record.kind == "emergency_response"
    image = Image.new("RGB", (640, 400), (150, 163, 174) if in_rain else (196, 219, 233))
    draw = ImageDraw.Draw(image)
    if not in_rain:
        x, y = rng.randrange(60, 580), rng.randrange(40, 110)
        draw.ellipse((x - 24, y - 24, x + 24, y + 24), fill=(247, 224, 150))
    for layer in range(3):
        height = 180 + layer * 60
        points = [(x, height + rng.randrange(-40, 40)) for x in range(0, 700, 80)]
        draw.polygon(
            [(0, 400), *points, (640, 400)], fill=(70 + layer * 10, 120 - layer * 18, 90 - layer * 15)
        )
    for _ in range(260 if in_rain else 0):
        x, y = rng.randrange(0, 660), rng.randrange(-20, 400)
        draw.line((x, y, x - 5, y + 18), fill=(206, 216, 224), width=1)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()
