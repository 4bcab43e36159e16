from django.urls import path

from yibenzhang.web.superior_forms import acts, cells, sheet, views

urlpatterns = [
    path("", views.forms_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/cells/<int:number>/<slug:act>/", cells.decide, name="cell"),
    path("<int:pk>/cells/<int:number>/", cells.search, name="search"),
    path("<int:pk>/acts/<slug:act>/", acts.act, name="act"),
    path("<int:pk>/example/", acts.example, name="example"),
    path("<int:pk>/issue/", acts.issue, name="issue"),
    path("<int:pk>/download/<slug:variant>/", views.download, name="download"),
    path("<int:pk>/diff/", views.diff, name="diff"),
]
