"""What stands in the lists of the demo year: our own words, the matters and duties they look at, and what was said of them."""

from dataclasses import dataclass
from datetime import date

LEADING, COMMITTEE, BRANCHES = 0, 1, 2
LEADS = ("副组长", "机关党委书记", "支部书记")


@dataclass(frozen=True)
class Task:
    """An item of a demo list. `due` is month and day; `matter` and `business` are titles of matters already in the book,
    `planned` the words of an item of the year's plans.

    `down` is what the leading group, the committees and the branches make of it; `steps` are milestones as (name, due,
    state of the matter); `said` what the responsible told (day, words, done); `proof` the title of a voucher behind it.
    """

    text: str
    due: tuple[int, int]
    basis: str = ""
    lead: str = ""
    requirement: str = ""
    matter: str = ""
    planned: str = ""
    business: str = ""
    goal: str = ""
    steps: tuple[tuple[str, tuple[int, int], str], ...] = ()
    down: tuple[str, str, str] | tuple[()] = ()
    said: tuple[tuple[tuple[int, int], str, bool], ...] = ()
    proof: str = ""
    is_left_undone: bool = False

    def deadline(self, year: int) -> date:
        """The deadline in a year."""
        return date(year, *self.due)


RULES = "《党委（党组）落实全面从严治党主体责任规定》"
TOP = (
    Task("每半年专题研究一次全面从严治党工作", (12, 31), RULES, lead="书记", requirement="DZ-04",
         down=("每半年梳理一次全面从严治党重点难点", "每半年分析一次支部纪律教育情况", "每半年开展一次纪律教育")),
    Task("每季度组织中心组集体学习研讨", (12, 31), "《中心组学习规则》", lead="书记", requirement="DZ-07"),
    Task("书记带头讲党课", (9, 30), "《支部工作条例》", lead="书记", requirement="ZB-05"),
    Task("开好年度民主生活会", (3, 31), "《民主生活会若干规定》", lead="书记", requirement="DZ-09"),
    Task("与班子成员和部门负责人开展廉政谈话", (10, 31), RULES, lead="班子成员", matter="开展廉政谈话",
         down=("督促部门负责人落实一岗双责", "同所属支部书记逐一廉政谈话", "书记同支委逐一谈心谈话")),
    Task("听取各级书记抓党建述职并点评到人", (10, 31), RULES, lead="书记", matter="听取书记述职", is_left_undone=True,
         down=("汇总述职发现的共性问题并拿出办法", "点评支部书记述职，问题反馈到人", "书记对照点评列出问题并改正")),
    Task("指导支部建设，帮助薄弱支部解决实际困难", (11, 30), lead="分管领导", matter="指导支部建设",
         down=("每名成员联系一个薄弱支部", "帮助薄弱支部解决一两个实际困难", "解决一件党员群众盼着办的事")),
)  # fmt: skip
OWN_TOP = {
    "meteorology": (
        Task("推进新型业务技术体制改革", (12, 20), "局年度改革要点", matter="新型业务技术体制",
             steps=(("明确改革方案", (8, 31), "planned"), ("业务分工到岗到人", (9, 30), "under_way"),
                    ("完成首轮评估", (12, 20), "completed"))),
        Task("理顺科技创新体制机制", (12, 31), "局年度改革要点",
             steps=(("征求一线意见", (4, 30), ""), ("出台管理办法", (9, 30), ""), ("开展一次回头看", (12, 15), "")),
             said=(((4, 24), "召开两次座谈会，意见汇总成文。", True), ((9, 26), "办法经局党组会议审议通过。", True))),
        Task("把党员力量放到汛期预报一线", (9, 30), goal="汛期预报服务不出责任事故", business="汛期预报服务",
             said=(((9, 18), "三轮值守已结束，汛期服务总结会开过。", True),), proof="汛期预报服务：党员责任区",
             down=("研究汛期党员力量怎样投到一线", "划定汛期党员责任区", "党员骨干排入汛期值守")),
        Task("评选“十佳青年”，用身边榜样带动青年", (6, 30), planned="组织“十佳青年”评选"),
        Task("督促落实谈心谈话制度，关心关爱值班职工", (11, 15),
             said=(((6, 28), "上半年已谈一轮，下半年结合岗位调整再谈。", False), ((11, 13), "两轮都已谈完。", True))),
    ),
    "geology": (
        Task("推动一线党支部围绕找矿攻坚立项", (12, 15), goal="重点项目按节点提交成果", business="一大队重点项目党员攻坚",
             said=(((11, 30), "十个队已立项，阶段成果通过验收。", True),), proof="一大队重点项目党员攻坚：成立党员突击队",
             down=("研究攻坚立项的标准和支持办法", "成立党员突击队，攻坚到项目", "党员认领攻坚任务")),
        Task("改革野外项目党组织设置", (12, 20), "局年度改革要点",
             steps=(("摸清野外项目党员底数", (4, 30), ""), ("试点设立临时党支部", (8, 31), ""), ("形成管理办法", (12, 20), "")),
             said=(((4, 26), "十一家单位底数已核对。", True), ((8, 29), "三个项目完成试点。", True),
                   ((12, 18), "办法已印发。", True))),
        Task("改革党务干部交流锻炼办法", (12, 29), "局年度改革要点",
             steps=(("梳理岗位和人员", (5, 31), ""), ("首批交流到岗", (10, 31), "")),
             said=(((5, 22), "岗位清单已成文。", True), ((10, 27), "首批六名干部到岗。", True))),
        Task("对局属单位党建逐一调研指导", (12, 20), planned="开展全覆盖式基层党建调研指导"),
        Task("督促落实谈心谈话制度，关心野外职工", (11, 15),
             said=(((6, 28), "上半年已谈一轮。", False), ((11, 10), "野外职工两轮都已谈完。", True))),
    ),
}  # fmt: skip
AGENCY = (
    Task("开展党员和班子成员集中培训", (12, 31), "《党员教育管理工作条例》", requirement="JG-06"),
    Task("检查党费收缴使用管理", (12, 31), "《党费收缴使用管理规定》", requirement="DF-10"),
)
BRANCH = (
    Task("每月开展一次主题党日", (12, 31), "《支部工作条例》第十六条", requirement="ZB-06"),
    Task("每年召开一次组织生活会", (12, 31), "《支部工作条例》", requirement="ZB-07"),
    Task("书记年度述职", (12, 31), "《支部工作条例》", requirement="ZB-14"),
)
POST = (
    Task("到分工联系的支部讲一次党课", (9, 30), "《支部工作条例》", requirement="ZB-05"),
    Task("同每位班子成员谈心谈话至少一次", (11, 30), RULES,
         said=(((7, 2), "已同三位班子成员谈过。", False), ((11, 14), "已逐一谈过，谈话记录归档。", True))),
    Task("带头报告个人有关事项，管好身边人", (6, 30), RULES, said=(((6, 19), "已按要求报告。", True),)),
)  # fmt: skip
WORDS = ("已按时做完，记在会议记录里。", "已完成，记录在工作手册。", "按计划完成，后续有人跟。")
