from django.urls import path

from yibenzhang.web.programmes import views

urlpatterns = [
    path("", views.programmes_list, name="list"),
    path("<slug:code>/", views.programmes_detail, name="detail"),
]
