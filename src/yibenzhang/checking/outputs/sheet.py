"""核稿单: one self-contained page with the marked article, the list of figures and the trace of each."""

from django.template.loader import render_to_string

from yibenzhang.checking.marking import KINDS, counts, paragraphs
from yibenzhang.checking.outputs.findings import Findings, trail_of

# Signs as characters: the page is read without the program's own drawings.
SIGNS = {"ok": "✓", "bad": "✕", "chg": "◇", "none": "—", "na": "·", "hand": "？"}


def sheet(findings: Findings) -> str:
    """The page as HTML. It loads nothing from anywhere and runs no script."""
    reading = findings.reading
    numbers = {line.claim.id: line.number for line in findings.lines}
    context = {
        "findings": findings,
        "paragraphs": paragraphs(reading, findings.lines),
        "counts": counts(findings.lines),
        "rows": [
            {"line": line, "kind": KINDS[line.verdict], "trail": trail_of(line, findings)}
            for line in findings.lines
        ],
        "inconsistencies": [
            (found.why, [numbers[claim] for claim in found.claims if claim in numbers])
            for found in reading.inconsistencies
        ],
        "marks": {
            line.number: {"kind": KINDS[line.verdict], "sign": SIGNS[KINDS[line.verdict]]}
            for line in findings.lines
        },
    }
    return render_to_string("checking/sheet.html", context)
