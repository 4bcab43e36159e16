"""Tables of the organisation."""

from yibenzhang.organisation.models.people import Membership, Person, Post, Term
from yibenzhang.organisation.models.tree import Guidance, Lineage, LineageMember, Placement, UnitEvent
from yibenzhang.organisation.models.units import Book, Unit

__all__ = [
    "Book",
    "Guidance",
    "Lineage",
    "LineageMember",
    "Membership",
    "Person",
    "Placement",
    "Post",
    "Term",
    "Unit",
    "UnitEvent",
]
