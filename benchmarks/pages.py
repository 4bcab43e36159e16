"""Pages as a multiple of a bare Django view, in one process, without the network.

python -m benchmarks.pages [small|large]
"""

import sys

from benchmarks.home import LARGE, SMALL, open_home
from benchmarks.timing import measure

PAGES = {
    "workbench": "/",
    "indicator page": "/figures/life.theme_party_days/?unit=bureau-0&period=2024",
    "indicator list": "/figures/?unit=bureau-0&period=2024",
    "ledger, a branch and quarter": "/ledger/?unit=branch-0-7&period=2024Q3",
    "ledger, bureau-year, one kind": "/ledger/?unit=bureau-0&period=2024&kind=theme_party_day",
    "review list": "/review/",
    "organisation": "/organisation/",
    "matters": "/matters/",
}


def main(size_name: str) -> None:
    """Print the report."""
    open_home(SMALL if size_name == "small" else LARGE)
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path

    from yibenzhang.access.models import User
    from yibenzhang.config import urls

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<!doctype html><title>bare</title>")

    bare.login_required = False  # type: ignore[attr-defined]
    urls.urlpatterns.append(path("bare/", bare))
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    floor = measure("bare Django view", lambda: client.get("/bare/"), runs=200)
    print(floor.line(floor))
    for name, url in PAGES.items():
        status = client.get(url).status_code
        if status != 200:
            print(f"{name:<44} answered {status}")
            continue
        print(measure(name, lambda url=url: client.get(url), runs=40).line(floor))  # type: ignore[misc]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
