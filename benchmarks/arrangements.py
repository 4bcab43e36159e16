"""Pages of arrangements with 630 branches and a year of lists, tasks, follow-ups and notices, against a bare Django view.

python -m benchmarks.arrangements [small|large]
"""

import sys
import time

from benchmarks.home import LARGE, SMALL, open_home
from benchmarks.timing import measure

SLOW = {"four tiers", "four tiers, all bureaus", "relief, bureau", "relief, all bureaus"}


def main(size_name: str) -> None:
    """Print the report."""
    open_home(SMALL if size_name == "small" else LARGE)
    from django.conf import settings
    from django.db import connection, transaction
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import path

    from benchmarks.arranged import arrange
    from yibenzhang.access.models import User
    from yibenzhang.config import urls
    from yibenzhang.ledger.models import Entry

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<!doctype html><title>bare</title>")

    bare.login_required = False  # type: ignore[attr-defined]
    urls.urlpatterns.append(path("bare/", bare))
    settings.ALLOWED_HOSTS = ["testserver"]
    if not Entry.objects.filter(number=1, book__isnull=False).exists():
        sys.exit(f"the kept book is older than this measurement; remove {settings.HOME} and run again")
    with transaction.atomic():
        bench = User.objects.get(username="bench")
        made = arrange(bench)
        clients = {}
        for user in (bench, made.top, made.branch):
            clients[user] = Client()
            clients[user].force_login(user)
        pages = [
            ("lists of a branch", made.branch, "/responsibility/"),
            ("lists given", bench, "/responsibility/?box=given"),
            ("lists, all bureaus", made.top, "/responsibility/?box=all"),
            ("four tiers", bench, "/responsibility/tiers/"),
            ("four tiers, all bureaus", made.top, "/responsibility/tiers/"),
            ("list of a branch", made.branch, f"/responsibility/{made.list_of_branch}/"),
            ("list of the committee", bench, f"/responsibility/{made.list_of_committee}/"),
            ("item split to 70 branches", bench, f"/responsibility/items/{made.item_of_committee}/"),
            ("plans", bench, "/plans/"),
            ("plan of 70 tasks, its recorder", bench, f"/plans/{made.plan}/"),
            ("tasks of a branch", made.branch, "/plans/?sort=tasks"),
            ("follow-ups", bench, "/follow-ups/?box=opened"),
            ("notices", bench, "/notices/"),
            ("notices of a branch", made.branch, "/notices/"),
            ("relief, branch", made.branch, "/relief/"),
            ("relief, bureau", bench, "/relief/?unit=bureau-0"),
            ("relief, all bureaus", made.top, "/relief/"),
            ("workbench of a branch", made.branch, "/"),
            ("workbench of a committee", bench, "/"),
            ("workbench above all bureaus", made.top, "/"),
        ]
        floor = measure("bare Django view", lambda: clients[bench].get("/bare/"), runs=200)
        print(floor.line(floor))
        for name, user, url in pages:
            client = clients[user]
            with CaptureQueriesContext(connection) as asked:
                status = client.get(url).status_code
            queries = len(asked)  # the next request clears the log
            if status != 200:
                print(f"{name:<44} answered {status}")
                continue
            runs = 5 if name in SLOW else 20
            worked = time.process_time()
            taken = measure(name, lambda client=client, url=url: client.get(url), runs=runs)  # type: ignore[misc]
            work = (time.process_time() - worked) * 1000 / (runs + 1)
            print(f"{taken.line(floor)}, {work:.0f} ms of processor, {queries} queries", flush=True)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
