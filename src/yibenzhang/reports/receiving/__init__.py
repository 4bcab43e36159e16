"""Receiving what another unit has published (收到的发布页): its figures become ours to quote, never to post."""
