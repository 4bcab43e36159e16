from django.urls import path

from yibenzhang.web.requirements import calendar, due, exempting, matrix, rules, why

urlpatterns = [
    path("", matrix.matrix, name="matrix"),
    path("export/", matrix.export, name="export"),
    path("due/", due.due_list, name="due"),
    path("calendar/", calendar.month, name="calendar"),
    path("calendar.ics", calendar.feed, name="feed"),
    path("calendar/subscribe/", calendar.subscribe, name="subscribe"),
    path("calendar/<str:key>.ics", calendar.private_feed, name="private_feed"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:unit>/<slug:code>/choice/", rules.choose, name="choose"),
    path("<slug:unit>/<slug:code>/<str:period>/", why.why, name="why"),
    path("<slug:unit>/<slug:code>/<str:period>/exempt/", exempting.exempt, name="exempt"),
]
