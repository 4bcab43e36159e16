from django.urls import path

from yibenzhang.web.matters import views

urlpatterns = [
    path("", views.matters_list, name="list"),
    path("<int:pk>/", views.matters_detail, name="detail"),
    path("<int:pk>/link/", views.link, name="link"),
]
