"""Plans (工作要点, 学习计划, 培训计划): what was meant to be done, and what of it the ledger shows as done."""
