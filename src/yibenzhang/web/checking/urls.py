from django.urls import path

from yibenzhang.web.checking import aliases, bringing, drafts, exports, rechecking, views

urlpatterns = [
    path("", bringing.new, name="new"),
    path("list/", views.articles, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/progress/", bringing.progress, name="progress"),
    path("<int:pk>/rule/", views.decide, name="rule"),
    path("<int:pk>/recheck/", rechecking.recheck, name="recheck"),
    path("<int:pk>/unrecorded/", drafts.unrecorded, name="unrecorded"),
    path("<int:pk>/unrecorded/<str:claim>/", drafts.start, name="start"),
    path("<int:pk>/sheet.<str:form>", exports.export, name="export"),
    path("aliases/", aliases.proposals, name="aliases"),
    path("aliases/<int:pk>/", aliases.decide, name="alias"),
]
