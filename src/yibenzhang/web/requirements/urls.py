from django.urls import path

from yibenzhang.web.requirements import calendar, due, exempting, matrix, why

urlpatterns = [
    path("", matrix.matrix, name="matrix"),
    path("export/", matrix.export, name="export"),
    path("due/", due.due_list, name="due"),
    path("calendar/", calendar.month, name="calendar"),
    path("calendar.ics", calendar.feed, name="feed"),
    path("<slug:unit>/<slug:code>/<str:period>/", why.why, name="why"),
    path("<slug:unit>/<slug:code>/<str:period>/exempt/", exempting.exempt, name="exempt"),
]
