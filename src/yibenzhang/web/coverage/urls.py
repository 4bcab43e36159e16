from django.urls import path

from yibenzhang.web.coverage import inspections, members

urlpatterns = [
    path("", members.members, name="members"),
    path("inspections/", inspections.inspections, name="inspections"),
]
