"""Every rule with its basis as a page of documentation: `python -m yibenzhang.requirements.listing > docs/requirements.md`."""

import sys

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import PACKS, load_packs
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.requirements.wording import asks, bound

HEAD = """\
# 规定动作一览

由目录包生成，请勿手改；改规则请改 `src/yibenzhang/packs/*/requirements*.yaml`，再运行
`python -m yibenzhang.requirements.listing > docs/requirements.md`。

- 应当：没有满足时写“逾期未记”或“未满足”。一般：只作“提醒”，从不标红。单位要求：单位自己的规定，写“单位要求”。
- 条文没有核对过的、次数没有全国依据的、所需事实还没有记录的，列在这里但不启用，并写明原因。
- “按期”以宽限期满为限：活动要在期内开展，记账可以晚这么多天。
- 一次活动可以同时满足几项规定，合计时只算一次。
"""


def listing(catalogue: Catalogue) -> str:
    """The page as Markdown, packs in order, rules in the order written."""
    parts = [HEAD]
    rules = list(catalogue.requirements.values())
    on = sum(rule.is_on for rule in rules)
    parts.append(f"共 {len(rules)} 条，默认启用 {on} 条。\n")
    for pack, title in catalogue.packs.items():
        own = [rule for rule in rules if catalogue.home["requirements", rule.code] == pack]
        if own:
            head = "| 代码 | 规定动作 | 约束 | 频次 | 宽限 | 依据 | 启用 |\n|---|---|---|---|---|---|---|"
            parts.append(f"## {title}\n\n{head}\n" + "\n".join(_row(rule, catalogue) for rule in own) + "\n")
    return "\n".join(parts)


def _row(rule: Requirement, catalogue: Catalogue) -> str:
    basis = f"{rule.document}{rule.article}"
    if rule.secondary:
        basis += "（据二手材料，条号待核）"
    span = f"；{rule.valid_from}起" + (f"，{rule.valid_to}止" if rule.valid_to else "")
    state = "是" if rule.is_on else f"否：{rule.silent}"
    grace = f"{rule.grace_days} 天" if rule.grace_days else ""
    cells = [rule.code, rule.name, bound(rule, catalogue), asks(rule, catalogue), grace, basis + span, state]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(listing(load_packs([folder for folder in sorted(PACKS.iterdir()) if folder.is_dir()])))
