"""All URLs, a line for each noun."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yibenzhang.web.workbench.urls")),
    path("account/", include("yibenzhang.web.account.urls")),
    path("ledger/", include(("yibenzhang.web.ledger.urls", "ledger"))),
]
