from django.urls import path

from yibenzhang.web.record import choosing, pickers, views

urlpatterns = [
    path("", choosing.choose, name="choose"),
    path("new/<slug:kind>/", views.new, name="new"),
    path("preview/<slug:kind>/", views.preview, name="preview"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("pick/people/", pickers.people, name="people"),
    path("pick/matters/", pickers.matters, name="matters"),
    path("pick/units/", pickers.units, name="units"),
]
