"""Keeping lineages in step with placements: the only writer of `Lineage`."""

from datetime import date

from yibenzhang.organisation.models import Lineage, LineageMember, Placement, Unit
from yibenzhang.organisation.models.dated import on_day


def line_of(unit: Unit, day: date) -> list[int]:
    """Keys of the unit's superiors from the root down to itself, by the placements that hold on the day."""
    line = [unit.pk]
    while True:
        placement = Placement.objects.filter(on_day(day), unit_id=line[0]).first()
        if placement is None or placement.parent_id is None:
            return line
        line.insert(0, placement.parent_id)


def open_lineage(unit: Unit, day: date) -> Lineage:
    """Write the line that holds from this day and end the one before it, if it differs."""
    line = line_of(unit, day)
    path = "/" + "".join(f"{key}/" for key in line)
    current = Lineage.objects.filter(on_day(day), unit=unit).first()
    if current is not None:
        if current.path == path:
            return current
        if current.valid_from == day:
            current.delete()
        else:
            current.valid_to = day
            current.save(update_fields=["valid_to"])
    lineage = Lineage.objects.create(unit=unit, path=path, valid_from=day)
    LineageMember.objects.bulk_create(
        LineageMember(lineage=lineage, ancestor_id=key, depth=depth) for depth, key in enumerate(line)
    )
    return lineage


def reopen_below(unit: Unit, day: date) -> None:
    """Renew the lines of the unit and of everything under it from this day on."""
    open_lineage(unit, day)
    for placement in Placement.objects.filter(on_day(day), parent=unit).select_related("unit"):
        reopen_below(placement.unit, day)
