"""Issued forms stay as they were sent."""

from yibenzhang.audit.append_only import AppendOnly

TABLES = ("superior_forms_formedition", "superior_forms_editioncell")
guard = AppendOnly("superior_forms", TABLES, "已定稿的上级报表不能改，请另出一版")
install, remove = guard.install, guard.remove
