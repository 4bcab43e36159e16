from django.urls import path

from yibenzhang.web.figures import export, views

urlpatterns = [
    path("", views.figures_list, name="list"),
    path("export.xlsx", export.list_export, name="export"),
    path("<str:code>/", views.figures_detail, name="detail"),
    path("<str:code>/export.xlsx", export.detail_export, name="detail_export"),
]
