"""Made-up people and places. No name is meant to be anybody's."""

from collections.abc import Iterator
from random import Random

SURNAMES = "段程滕祝霍柏荆蓝骆裴钟谭邹甘宁仇邵毕郝安常乐于时傅皮卞齐康伍余卜顾孟黄和穆萧尹姚湛汪祁毛禹狄米贝明臧计伏成戴"
FIRST = "承延若清维景思远嘉书雨竹文云昭慕知沐语逸修泽怀静婉致亦启"
SECOND = "川岚溪舟衡蓉榆屿澄霖笙棠砚垣榕汀珩瑾筠黎峤樾茗栎蔚箫"

STEMS = "澄霁岚砚桐槐鹿鹤栖汀樾枫榆荻苇"
COUNTY_ENDS = ("岭县", "溪县", "浦县", "台区", "垣市")
VILLAGE_ENDS = ("湾村", "坳村", "坪村", "桥社区", "园社区", "渡村", "塘村", "坡社区")


def person_names(rng: Random) -> Iterator[str]:
    """Names without end, none twice."""
    used: set[str] = set()
    while True:
        name = rng.choice(SURNAMES) + rng.choice(FIRST) + rng.choice(SECOND)
        if name not in used:
            used.add(name)
            yield name


def counties() -> list[str]:
    """The counties of the province, in a fixed order."""
    return [f"{stem}{end}" for end in COUNTY_ENDS for stem in STEMS]


def villages() -> list[str]:
    """Villages and communities of the province, in a fixed order."""
    return [f"{stem}{end}" for end in VILLAGE_ENDS for stem in STEMS]
