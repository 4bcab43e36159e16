"""URLs of import and export."""

from django.urls import path

from yibenzhang.web.exchange import views

urlpatterns = [
    path("", views.choose, name="import"),
    path("template/<slug:kind>/", views.template, name="template"),
    path("export/<slug:kind>/", views.export, name="export"),
    path("jobs/<str:token>/", views.progress, name="progress"),
    path("jobs/<str:token>/confirm/", views.confirm, name="confirm"),
]
