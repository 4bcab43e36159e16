"""Who did what (操作日志): append-only, written in the transaction of the act."""
