from django.urls import path

from yibenzhang.web.relief import account, box, screening

urlpatterns = [
    path("", account.account, name="account"),
    path("assumption/", account.assume, name="assume"),
    path("screen/", screening.screen_text, name="screen"),
    path("suggestions/", box.suggestions, name="suggestions"),
    path("suggestions/new/", box.suggest, name="suggest"),
    path("suggestions/find/", box.find, name="find"),
    path("suggestions/<int:pk>/", box.detail, name="suggestion"),
    path("suggestions/<int:pk>/acts/<slug:act>/", box.act, name="handle"),
]
