"""What may not be asked or measured, and the many honest sentences that use the same words."""

from pathlib import Path

import pytest

from yibenzhang.catalogue.barred import barred_in, refusal
from yibenzhang.catalogue.loading import PACKS, load_packs
from yibenzhang.catalogue.source import PackError

BARRED = """
各单位公众号文章点赞数每月统计上报
转发量列入季度评比
请全体党员为参赛作品网络投票
投票数前十名的单位给予表彰
党员每月学习时长不少于10小时
在线时长计入个人考核
每天打卡学习
未按时打卡的单位予以通报
签到积分折算为考核分
按积分排名公布先进支部
每季度发布支部学习排行榜
每次活动上传照片不少于3张
主题党日须上传现场照片
活动要拍照留痕
照片不得少于5张
每人撰写心得体会2篇
学习笔记篇数作为评价依据
全体党员手抄党章
抄写二十大报告一遍
中央媒体刊发每篇加5分
信息采用数纳入年度考核
各支部至少在省级媒体刊发报道2篇
领导批示每件计2分
领导肯定性批示列入考核加分项
APP安装率达到100%
平台登录率低于90%的通报
按用户活跃度排序
每日步数达标
走访须上传行动轨迹
驻村干部定位签到
请即时响应，收到请回复
群内接龙报名
请在30分钟内回复
收到后请回复收到
不打卡的扣分
不看过程，以点赞数论英雄
公众号阅读量达到1000
网络答题参与率100%
不以学习时长论英雄，但要打卡
红黑榜每月通报一次
检查学习笔记
党员积分达标率
要求全员下载安装学习APP并关注公众号
各单位须关注本局微信公众号
将公众号关注率纳入考核
视频号播放量排名
要求每个支部每月在省级以上媒体发表文章1篇
对获得省领导批示的单位予以加分
考核指标：媒体报道（10分）、领导批示（5分）
经验做法被上级刊物采用的，每篇加2分
未上传照片的视为未完成
请将活动照片发至工作群
工作群内及时接龙反馈
请各支部在微信群里回复“收到”
每天学习强国积分不低于30分
按学习积分高低排序通报
学习笔记不少于2万字
集中抄党章
每半月检查一次笔记
活动开展情况以照片为准
驻村队员每日上传定位
开展“学习之星”排行榜评比
各支部党员参与线上答题率须达95%
答题成绩排名前三的支部
线上学习时间每周不少于5小时
平台使用率
以点赞数作为评优依据，不以参会人数为依据
实行学习打卡制度
网上投票产生最美党员
扫码签到并统计签到率
将心得体会篇数列入考核
"""
ALLOWED = """
不得打卡
不以点赞数、转发量作为考评依据
取消打卡和积分排名
严禁设置在线时长、签到积分等强制功能
在线时长不得作为考核依据
点赞数、转发量，一律不作考评依据
照片可附可不附
照片选填，不影响完成
印发党建简报20期
中央媒体刊发5篇
信息被省级媒体采用12篇
获得领导批示3件
群众纷纷点赞
转发《关于做好年度总结的通知》
无记名投票选举产生支部委员会
会前签到表一份
各支部找准工作定位
党员成长轨迹图片展
每人学时不少于32学时
学习时间：2024年6月3日
不要求报照片和心得
不统计学习时长
整治打卡接龙等指尖上的形式主义
由主办方登记，不统计在线时长
领导批示只作存档，不作考核
不得以微信工作群上传工作截图代替实地工作
应急值守期间须即时响应
网红打卡地建立红色讲解站
减少网络投票
不得把点赞数、转发量，以及学习时长作为考评依据
小学生手抄报展览
对年度工作进行总结，撰写心得体会并交流
每月召开一次支部委员会会议
通知收到即可，无需回复
三会一课按期召开，不少于12次
上传会议通知和纪要
使用率高的学习平台推荐给大家
宣传工作要求讲好身边故事
不得要求基层即时响应
主题党日活动
登记领导批示件数，只作存档，不作考核
党组会研究评价办法
照片作为可选附件
党员可以自愿撰写心得体会
学习资料可自行下载
请参加会议的同志提前十分钟到场签到
会议采取无记名投票方式，应到10人实到9人
选举得票数过半当选
上级转发的文件一并学习
中央媒体报道了我省先进事迹
观看警示教育片《零容忍》
组织观看红色电影
推动工作落地，不搞形式主义的拍照打卡
严禁以截图代替实地走访
进一步精简会议，不要求参会单位拍照留痕
本次活动不统计人数，不上传照片
加强阵地建设，找准功能定位
气象服务保障台风路径和轨迹预报
做好档案留存，纪要、通知等即可
学习贯彻全会精神，领会核心要义
投票站
党员活动日每月一次
通知已收到的单位请按要求办理
严格落实减负要求，杜绝“指尖上的形式主义”，清理打卡、接龙、晒照等做法
各单位不再报送学习时长和积分排名
今后一律不以媒体刊发数、领导批示数评价工作
党课观看人数
登录系统后点“记一笔”
请下载附件
请关注后续通知
使用率低的会议室停用
开展阅读活动，阅读量大
请各支部提供活动照片，可不提供
"""


@pytest.mark.parametrize("text", BARRED.split())
def test_a_demand_against_the_relief_rules_is_found(text: str) -> None:
    found = barred_in(text)
    assert found
    assert all(entry.word in text and entry.article.startswith("《") and entry.instead for entry in found)


@pytest.mark.parametrize("text", ALLOWED.split())
def test_a_prohibition_an_archived_fact_or_an_innocent_word_is_not(text: str) -> None:
    assert barred_in(text) == []


def test_each_wording_is_told_once_in_the_order_of_the_text() -> None:
    found = barred_in("每天打卡。按积分排名。每天打卡。")
    assert [entry.word for entry in found] == ["打卡", "积分排名"]


def test_the_law_s_exception_for_emergencies_holds() -> None:
    assert barred_in("防汛抢险期间值守人员须定位签到") == []
    assert barred_in("驻村队员须定位签到")


def test_what_may_be_archived_may_not_be_a_measure() -> None:
    assert barred_in("中央媒体刊发篇数") == []
    assert barred_in("中央媒体刊发篇数", assessed=True)


def test_a_refusal_names_the_words_the_document_and_the_way_out() -> None:
    (found,) = barred_in("领导批示每件计2分")
    assert refusal(found) == (
        "“领导批示”不能要：《整治形式主义为基层减负若干规定》（2024）三、统筹规范督查检查考核。可存档，不列考核、不计分。"
    )


def test_the_shipped_packs_ask_for_nothing_barred() -> None:
    assert load_packs([folder for folder in sorted(PACKS.iterdir()) if folder.is_dir()]).kinds


KIND = """
pack: own
title: 本单位包
accounts:
  - {code: own.thing, name: 事, measure: 次}
kinds:
  - code: own_thing
    name: 一件事
    group: 其他
    recorded_by: [branch]
    fields:
      - FIELD
    posts:
      - {account: own.thing}
"""
INDICATOR = """
pack: own
title: 本单位包
accounts:
  - {code: own.thing, name: 事, measure: 次}
indicators:
  - {code: own.things, name: NAME, measure: 次, group: 其他, definition: DEFINITION, aggregation: sum, accounts: [own.thing]}
"""
RULE = """
pack: own
title: 本单位包
requirements:
  - {code: OW-01, name: NAME, binds: {unit_types: [branch]}, measure: {indicator: life.party_lectures}, cadence: year,
     strength: local, document: 本单位要求, valid_from: 2024-01-01, verified: true}
"""
PACKS_REFUSED = [
    (KIND.replace("FIELD", "{code: likes, name: 点赞数, type: integer}"), 12, "点赞数"),
    (KIND.replace("FIELD", "{code: hours, name: 学习时长, type: integer}"), 12, "学习时长"),
    (KIND.replace("FIELD", "{code: photos, name: 现场, type: text, hint: 须上传照片}"), 12, "须上传照片"),
    (INDICATOR.replace("NAME", "登录率").replace("DEFINITION", "登录的人。"), 7, "登录率"),
    (INDICATOR.replace("NAME", "学习").replace("DEFINITION", "按在线时长折算。"), 7, "在线时长"),
    (RULE.replace("NAME", "每日打卡学习"), 5, "打卡"),
    (RULE.replace("NAME", "省级媒体刊发信息"), 5, "媒体刊发"),
    (KIND.replace("FIELD", "{code: talks, name: 谈心谈话次数, type: integer}"), 12, "台账已有"),
    (KIND.replace("FIELD", "{code: members, name: 发展党员, type: integer}"), 12, "member.admitted"),
]


@pytest.mark.parametrize(("text", "line", "says"), PACKS_REFUSED, ids=[row[2] for row in PACKS_REFUSED])
def test_a_pack_that_asks_for_it_is_refused_with_file_line_and_remedy(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_packs([PACKS / "base", folder])
    (problem,) = refused.value.problems
    assert problem.file == "own/pack.yaml"
    assert (problem.line, says in problem.message) == (line, True), str(problem)


@pytest.mark.parametrize("text", ["请上传" * 20_000, "不得" * 30_000, "学" * 60_000])
def test_a_long_text_that_almost_matches_everywhere_is_read_to_its_end(text: str) -> None:
    assert barred_in(text) == []
