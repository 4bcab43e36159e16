"""Checking (核稿): every figure a text states against the ledger, each verdict with its reasons."""
