"""The history of a follow-up is only ever added to."""

from yibenzhang.audit.append_only import AppendOnly

guard = AppendOnly("followups", ["followups_followupevent"], "督办的经过只增不改")
install, remove = guard.install, guard.remove
