"""What the demo's smaller reports say: a branch's year, half a year of the responsibility list, two briefs. Our own words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoReport:
    """A report of the demo year: who writes it and who issues it (usernames). Without `text` the structure's own words."""

    structure: str
    unit: str
    period: str
    writer: str
    issuer: str
    text: str = ""


BRANCH_YEAR = (
    "一、组织生活\n"
    "全年召开支部党员大会{{life.general_meetings}}、支部委员会会议{{life.committee_meetings}}，讲党课{{life.party_lectures}}，"
    "开展主题党日{{life.theme_party_days}}。野外队员出队时间长，把党日和出队前的安全交底放在同一天，来回跑的次数少了。\n"
    "二、学习教育\n"
    "组织专题学习{{study.collective}}，学完当场议一件手头的事，记在本子上，下次先说办得怎么样。\n"
    "三、发挥作用\n"
    "同兄弟支部联合开展主题党日，一起到矿区老乡家看水井；老队员带新队员认标本，认完再上山。\n"
    "四、不足和打算\n"
    "谈心谈话{{life.talks}}，对长期在外的同志谈得还不够。明年出队前、收队后各谈一轮，写进支部计划。"
)
HALF_YEAR = (
    "一、清单执行情况\n"
    "{{responsibility.items}}责任清单事项已经下达到人，办理时限写进各单位计划，七月统一检查。\n"
    "二、会议和研究部署\n"
    "召开党组（党委）会议{{meeting.party_group}}，党建工作领导小组会议{{meeting.leading_group}}。\n"
    "三、监督和教育\n"
    "开展党风廉政教育{{integrity.education}}，新提任干部先谈话、后到任。\n"
    "四、存在的问题和下半年安排\n"
    "有的野外支部离机关远，检查多、帮得少。下半年检查和送学放在一起，去了就把问题办完再走。"
)
BRIEF_GEOLOGY = (
    "一大队勘查党支部把主题党日开到钻机旁，党员先讲自己岗位上的一处隐患，再一起改。\n"
    "一、做法\n"
    "当月全局支部开展主题党日{{life.theme_party_days}}，中心组理论学习{{study.centre_group}}。能合在一起的合在一起，不另外要材料。\n"
    "二、成效\n"
    "钻机旁的隐患清单由各机台自己保管，改一条划一条，党日结束就见结果。"
)
BRIEF_METEOROLOGY = (
    "气候中心党支部请预报员讲汛期的一天，听的人当场问，讲的人当场答。\n"
    "一、做法\n"
    "当月全局支部开展主题党日{{life.theme_party_days}}，中心组理论学习{{study.centre_group}}。讲课的是一线值班员，讲自己值过的班。\n"
    "二、成效\n"
    "值班交接单少填了重复的栏目，原来要抄的内容改由系统带出。"
)
ISSUED = (
    DemoReport("geology-highlights", "geology", "2023", "geo-committee", "geo-chief"),
    DemoReport("meteorology-focuses", "meteorology", "2024", "meteo-committee", "meteo-chief"),
    DemoReport("branch-summary", "geo_t1_b2", "2023", "geo-secretary", "geo-unit", BRANCH_YEAR),
    DemoReport("responsibility-half-year", "geology", "2023H1", "geo-committee", "geo-chief", HALF_YEAR),
    DemoReport("brief", "geology", "2023-11", "geo-committee", "geo-chief", BRIEF_GEOLOGY),
    DemoReport("brief", "meteorology", "2024-07", "meteo-committee", "meteo-chief", BRIEF_METEOROLOGY),
)
IN_PROGRESS = DemoReport(
    "responsibility-half-year",
    "geology",
    "2023H2",
    "geo-committee",
    "",
    "一、制度落实情况\n今年以来召开党组（党委）会议{{meeting.party_group}}，党建工作领导小组会议{{meeting.leading_group}}，"
    "讲党课{{life.party_lectures}}。\n"
    "二、学习情况\n全局上下开展主题党日{{life.theme_party_days}}，中心组理论学习{{study.centre_group}}。\n"
    "三、减负情况\n取消重复报表11张，基层填报更省力。",
)
