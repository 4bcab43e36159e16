"""What a rule asks and whom it binds, in words; plain text that needs no book."""

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.requirement import Requirement

CADENCES = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}
OTHER_CADENCES = {"term": "届满前", "event": "事后限期", "occasion": "每一次", "always": "随时"}
STRENGTHS = {"shall": "应当", "general": "一般", "local": "单位要求"}


def measure_word(rule: Requirement, catalogue: Catalogue) -> str:
    """The counting word of what is measured."""
    if rule.measure and rule.measure.indicator:
        return catalogue.indicator(rule.measure.indicator).measure
    return "次"


def asks(rule: Requirement, catalogue: Catalogue) -> str:
    """What the rule asks, in a few words: 每月 1 次（应当）."""
    strength = STRENGTHS[rule.strength]
    if rule.cadence in CADENCES:
        number = f" {rule.at_least} {measure_word(rule, catalogue)}"
        if rule.measure and (rule.measure.persons or rule.measure.ceiling):
            number = ""
        return f"{CADENCES[rule.cadence]}{number}（{strength}）"
    return f"{OTHER_CADENCES[rule.cadence]}（{strength}）"


def bound(rule: Requirement, catalogue: Catalogue) -> str:
    """Whom the rule binds, in words."""
    binds = rule.binds
    names = "、".join(catalogue.unit_types[code].name for code in binds.unit_types)
    limits = []
    if binds.held_by:
        limits.append("、".join(catalogue.unit_types[code].name for code in binds.held_by) + "本级")
    if binds.has_committee is not None:
        limits.append("设支委会" if binds.has_committee else "不设支委会")
    if binds.full_members_min:
        limits.append(f"正式党员{binds.full_members_min}名以上")
    if binds.members_below_min:
        limits.append(f"党员{binds.members_below_min}名以上")
    if binds.natures:
        limits.append("、".join(catalogue.natures[code].name for code in binds.natures))
    return f"{names}（{'，'.join(limits)}）" if limits else names
