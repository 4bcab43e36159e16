"""The catalogue (目录): packs of readable files that say what can be recorded and counted."""
