"""Where the article stands on its page: head, body, captions and tail told apart."""

from yibenzhang.reading.captions import sort_captions
from yibenzhang.reading.heads import cut_head, without_repeated_title
from yibenzhang.reading.page import Page
from yibenzhang.reading.parts import Article
from yibenzhang.reading.tails import cut_signature, cut_tail, without_singles


def divide(page: Page) -> Article:
    """Head, title, body, captions, signature and tail of a page."""
    first, last = page.body or (0, len(page.lines))
    article = Article(head=page.lines[:first], tail=page.lines[last:])
    lines = page.lines[first:last]
    lines = cut_head(lines, article, page)
    lines = without_repeated_title(lines, article, page)
    lines = cut_tail(lines, article)
    lines = without_singles(lines, article)
    lines = cut_signature(lines, article)
    sort_captions(lines, article, page)
    return article
