from django.urls import path

from yibenzhang.web.workbench import views

urlpatterns = [path("", views.workbench, name="workbench")]
