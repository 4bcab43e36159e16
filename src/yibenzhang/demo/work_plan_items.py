"""What the plans of the demo year say: rows as their authors write them, and which voucher carried out which task."""

from dataclasses import dataclass

from yibenzhang.demo.units import geology, meteorology

Row = dict[str, str]


@dataclass(frozen=True)
class Task:
    """A task of the key points with its row, and the vouchers (unit, kind, beginning of the title) recorded for it."""

    row: Row
    done_by: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Year:
    """The plans of one bureau: document numbers, key points, topics by month and classes."""

    top: str
    number: str
    training_number: str
    tasks: list[Task]
    topics: list[str]
    classes: list[Row]
    milestone: str
    amended: dict[str, str]
    added: Task | None = None
    cancelled: str = ""


def _task(text: str, lead: str, due: str, kind: str, *done_by: tuple[str, str, str], **more: str) -> Task:
    return Task({"text": text, "lead": lead, "due": due, "kind": kind, **more}, done_by)


METEOROLOGY = Year(
    top=meteorology.GROUP,
    number="澜气党〔2024〕3号",
    training_number="澜气机党〔2024〕2号",
    milestone="形成方案初稿",
    tasks=[
        _task("制定全面从严治党主体责任清单并组织落实", "局党组", "2024-02-29", "印发责任清单",
              (meteorology.GROUP, "responsibility_list", "2024年全面从严治党主体责任清单"), supporting="局党建领导小组、局机关党委"),
        _task("出台强化党支部对党员日常监督管理的措施", "局机关党委", "2024-03-31", "制度文件",
              (meteorology.AGENCY, "policy_document", "强化党支部对党员日常监督管理的六条措施")),
        _task("推动全国暴雨研究中心落地运行", "局党组", "2024-06-30", "成立共建机构", (meteorology.GROUP, "joint_body", "全国暴雨研究中心"),
              supporting="气象台党总支"),
        _task("书记讲专题党课", "局党组", "7月", "党课", (meteorology.GROUP, "party_lecture", "书记讲党课")),
        _task("组织“十佳青年”评选", "局机关党委", "2024-06-30", "评选结果",
              (meteorology.AGENCY, "selection_result", "“十佳青年”评选结果"), supporting="局团委"),
        _task("与十个省直部门开展防灾减灾合作会商", "局机关党委", "9月", "", (meteorology.AGENCY, "partner_cooperation", "与省"), times="10"),
        _task("谋划气象领域改革事项，明确责任和节点", "局党组", "12月", "", (meteorology.GROUP, "reform_item", ""), times="4",
              milestones="06-30 形成方案初稿；10-31 完成首批方案"),
        _task("修订党支部工作经费使用办法", "局机关党委", "2024-09-30", "制度文件", supporting="气候中心支部"),
        _task("开展支部结对共建，交流党员教育管理经验", "气候中心支部", "2024-12-20", "", supporting="气象服务中心支部"),
    ],
    topics=["生态文明思想", "党的自我革命", "“浦江经验”和群众路线", "意识形态工作", "民主集中制", "乡村全面振兴", "政治建设和政治能力",
            "科技自立自强", "党的最新理论成果", "党的最新理论成果", "党的最新理论成果", "年度学习总结和交流"],
    amended={"month": "8", "text": "党的二十届三中全会精神", "day": "2024-07-26",
             "reason": "全会闭幕，按上级部署八月专题学习全会精神，原定专题顺延"},
    added=_task("开展全会精神宣讲", "局机关党委", "2024-10-31", "宣讲", (meteorology.AGENCY, "public_talk", "全会精神宣讲团"),
                programmes="党的二十届三中全会精神"),
    classes=[
        {"text": "处级干部任职培训班", "due": "2月", "audience": "处级干部", "expected": "60", "days": "3"},
        {"text": "处级干部学习班（一）", "due": "3月", "audience": "处级干部", "expected": "70", "days": "2"},
        {"text": "处级干部学习班（二）", "due": "3月", "audience": "处级干部", "expected": "70", "days": "2"},
        {"text": "青年干部能力提升班（一）", "due": "4月", "audience": "青年干部", "expected": "55", "days": "4"},
        {"text": "青年干部能力提升班（二）", "due": "5月", "audience": "青年干部", "expected": "55", "days": "4"},
        {"text": "发展对象培训班", "due": "5月", "audience": "发展对象", "expected": "20", "days": "3"},
        {"text": "支部书记培训班", "due": "6月", "audience": "党组织书记", "expected": "25", "days": "2"},
        {"text": "纪检委员培训班", "due": "6月", "audience": "其他人员", "expected": "40", "days": "1"},
        {"text": "业务骨干党性教育班", "due": "6月", "audience": "其他人员", "expected": "80", "days": "3"},
        {"text": "新入职人员培训班", "due": "7月", "audience": "青年干部", "expected": "50", "days": "5"},
        {"text": "党务干部实务培训班", "due": "11月", "audience": "党务干部", "expected": "30", "days": "2", "host": "局机关党委",
         "place": "省气象局培训中心"},
    ],
)  # fmt: skip

GEOLOGY = Year(
    top=geology.COMMITTEE,
    number="澜地党〔2023〕5号",
    training_number="澜地机党〔2023〕3号",
    milestone="完成一半县的对接",
    tasks=[
        _task("制定主体责任清单并开展半年检查", "局党委", "2023-02-28", "印发责任清单",
              (geology.COMMITTEE, "responsibility_list", "2023年全面从严治党主体责任清单"), supporting="局党建领导小组、局机关党委"),
        _task("修订局党委工作规则", "局党委", "2023-03-31", "制度文件", (geology.COMMITTEE, "policy_document", "局党委工作规则")),
        _task("整县推进地质工作服务县域发展", "局党委", "2023-03-31", "制度文件",
              (geology.COMMITTEE, "policy_document", "关于整县推进地质工作"), supporting="一大队、二大队、三大队、四大队",
              milestones="06-30 完成一半县的对接；11-30 县县有服务"),
        _task("开展全覆盖式基层党建调研指导", "局机关党委", "2023-07-31", "完成调研指导",
              (geology.AGENCY, "inspection_completion", "全覆盖调研指导完成")),
        _task("组织“双比双争双建”季度评选", "局党委", "12月", "评选结果", (geology.COMMITTEE, "selection_result", "年度“十佳党员先锋”揭晓"),
              supporting="局机关党委"),
        _task("举行党建大比武", "局机关党委", "11月", "竞赛", (geology.AGENCY, "contest", "全局党建大比武（下半年）"), supporting="一大队党委、二大队党委"),
        _task("组织局属单位互学互比互评", "局机关党委", "2023-10-31", "互学互比互评", (geology.AGENCY, "peer_review", "局属单位党建亮点互学互比互评")),
        _task("完成局团委换届", "局团委", "2023-06-30", "换届选举", (geology.YOUTH_LEAGUE, "term_election", "局团委换届选举"),
              supporting="局机关党委"),
        _task("制定党务干部能力提升三年行动方案", "局机关党委", "2023-11-30", "制度文件", supporting="一大队党委"),
        _task("总结推广支部工作法", "一大队勘查支部", "12月", "", supporting="一大队党委"),
    ],
    topics=["党的二十大精神", "生态文明思想", "党的自我革命", "“浦江经验”和群众路线", "民主集中制", "政治建设和政治能力", "总体国家安全观",
            "中国式现代化", "法治思想", "全面从严治党战略方针", "调查研究工作方法", "正确政绩观"],
    amended={"month": "4", "text": "“浦江经验”和群众路线，主题教育动员", "day": "2023-04-03",
             "reason": "主题教育四月开始，当月集体学习结合动员部署"},
    cancelled="党建宣传写作培训班",
    classes=[
        {"text": "党支部书记轮训班", "due": "6月", "audience": "党组织书记", "expected": "40", "days": "3", "host": "局机关党委"},
        {"text": "选派党务工作者参加省直机关党务专题培训", "due": "9月", "audience": "党务干部", "expected": "2", "days": "5",
         "host": "省直机关工委", "kind": "选送参训"},
        {"text": "全局基层党务干部集中培训班", "due": "10月", "audience": "党务干部", "expected": "120", "days": "5", "place": "省委党校"},
        {"text": "机关青年党员培训班", "due": "12月", "audience": "青年干部", "expected": "40", "days": "2"},
        {"text": "党建宣传写作培训班", "due": "8月", "audience": "其他人员", "expected": "30", "days": "2"},
    ],
)  # fmt: skip

# A unit's own plan, so that its committee has something still to record.
UNIT_COMMITTEE = "geo_t1_committee"
UNIT_TOPICS = ["党的二十大精神", "习近平经济思想", "全面从严治党战略方针", "调查研究工作方法", "正确政绩观", "党的二十大精神", "生态文明思想", "意识形态工作",
               "乡村全面振兴", "总体国家安全观", "党章和党内法规", "中国式现代化"]  # fmt: skip
UNIT_LAST = {
    "due": "2023-12-29",
    "text": "年度学习总结，交流找矿一线的学习体会",
    "materials": "全年学习专题汇编",
}
