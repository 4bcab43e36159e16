"""Issued reports stay as they were issued."""

from yibenzhang.audit.append_only import AppendOnly

FIGURES = ("reports_issuedreport", "reports_issuedfigure")
BLOCKS = ("reports_issuedblock",)
guard = AppendOnly("reports", (*FIGURES, *BLOCKS), "已定稿的报告不能改，请另出一版")
install, remove = guard.install, guard.remove
