from django.urls import path

from yibenzhang.web.notices import acts, views, writing

urlpatterns = [
    path("", views.notices_list, name="list"),
    path("new/", writing.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/received/<slug:code>/", acts.receive, name="receive"),
    path("<int:pk>/acts/<slug:act>/", acts.act, name="act"),
    path("<int:pk>/issue/", acts.issue, name="issue"),
    path("<int:pk>/files/<int:key>/", views.download, name="file"),
]
