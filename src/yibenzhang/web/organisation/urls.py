from django.urls import path

from yibenzhang.web.organisation import changes, views

urlpatterns = [
    path("", views.tree, name="tree"),
    path("<slug:code>/", views.unit, name="unit"),
    path("<slug:code>/change/<slug:act>/", changes.change, name="change"),
]
