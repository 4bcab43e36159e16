"""All URLs, a line for each noun."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yibenzhang.web.workbench.urls")),
    path("account/", include("yibenzhang.web.account.urls")),
    path("record/", include(("yibenzhang.web.record.urls", "record"))),
    path("", include(("yibenzhang.web.vouchers.urls", "vouchers"))),
    path("ledger/", include(("yibenzhang.web.ledger.urls", "ledger"))),
    path("duties/coverage/", include(("yibenzhang.web.coverage.urls", "coverage"))),
    path("duties/", include(("yibenzhang.web.requirements.urls", "requirements"))),
    path("figures/", include(("yibenzhang.web.figures.urls", "figures"))),
    path("matters/", include(("yibenzhang.web.matters.urls", "matters"))),
    path("programmes/", include(("yibenzhang.web.programmes.urls", "programmes"))),
    path("organisation/", include(("yibenzhang.web.organisation.urls", "organisation"))),
    path("checking/", include(("yibenzhang.web.checking.urls", "checking"))),
    path("exchange/", include(("yibenzhang.web.exchange.urls", "exchange"))),
    path("people/", include(("yibenzhang.web.people.urls", "people"))),
    path("reports/", include(("yibenzhang.web.reports.urls", "reports"))),
    path("responsibility/", include(("yibenzhang.web.responsibility.urls", "responsibility"))),
    path("plans/", include(("yibenzhang.web.plans.urls", "plans"))),
    path("follow-ups/", include(("yibenzhang.web.followups.urls", "followups"))),
    path("notices/", include(("yibenzhang.web.notices.urls", "notices"))),
    path("forms/", include(("yibenzhang.web.superior_forms.urls", "superior_forms"))),
    path("relief/", include(("yibenzhang.web.relief.urls", "relief"))),
]
