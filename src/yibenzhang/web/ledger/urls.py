from django.urls import path

from yibenzhang.web.ledger import export, periods, views

urlpatterns = [
    path("", views.ledger_list, name="list"),
    path("export.xlsx", export.ledger_export, name="export"),
    path("periods/", periods.periods, name="periods"),
    path("periods/<slug:book>/<int:month>/close/", periods.close, name="close"),
    path("periods/<slug:book>/<int:month>/reopen/", periods.reopen, name="reopen"),
]
