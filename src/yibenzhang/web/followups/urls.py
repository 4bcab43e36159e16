"""URLs of the follow-ups."""

from django.urls import path

from yibenzhang.web.followups import acts, detail, listing, opening, settings

urlpatterns = [
    path("", listing.follow_ups, name="list"),
    path("new/", opening.new, name="new"),
    path("interval/", settings.interval, name="interval"),
    path("contact/", settings.contact, name="contact"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/remind/", acts.remind, name="remind"),
    path("<int:pk>/answer/", acts.answer, name="answer"),
    path("<int:pk>/close/", acts.close, name="close"),
    path("<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
]
