from django.urls import path

from yibenzhang.web.reports import acts, building, desk, editing, pictures, received, views

urlpatterns = [
    path("", views.reports_list, name="list"),
    path("new/", views.new, name="new"),
    path("received/", received.received, name="received"),
    path("received/<int:pk>/", received.received_page, name="received_page"),
    path("<int:pk>/", desk.detail, name="detail"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/indicators/", editing.indicators, name="indicators"),
    path("<int:pk>/material/", editing.material, name="material"),
    path("<int:pk>/photographs/<int:number>/", pictures.placed, name="photograph"),
    path("<int:pk>/evidence/<int:key>/", pictures.offered, name="evidence"),
    path("<int:pk>/figures/<int:number>/<slug:act>/", acts.figure_act, name="figure"),
    path("<int:pk>/issue/", acts.issue, name="issue"),
    path("<int:pk>/acts/<slug:act>/", acts.report_act, name="act"),
    path("<int:pk>/download/<slug:form>/", views.download, name="download"),
    path("<int:pk>/build/<slug:form>/", building.build, name="build"),
    path("<int:pk>/build/<slug:form>/stop/", building.stop_build, name="stop_build"),
    path("<int:pk>/build/<slug:form>/file/", building.built, name="built"),
    path("<int:pk>/diff/", views.diff, name="diff"),
]
