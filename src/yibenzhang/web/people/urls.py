from django.urls import path

from yibenzhang.web.people import facts, views

urlpatterns = [
    path("", views.people_list, name="list"),
    path("register/", facts.register, name="register"),
    path("<slug:key>/", views.people_detail, name="detail"),
    path("<slug:key>/membership/", facts.add_membership, name="membership"),
    path("<slug:key>/post/", facts.add_post, name="post"),
    path("<slug:key>/end/<slug:noun>/<int:pk>/", facts.end_fact, name="end"),
]
