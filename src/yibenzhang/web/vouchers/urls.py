from django.urls import path

from yibenzhang.web.vouchers import corrections, evidence, explaining, listing, review, views

urlpatterns = [
    path("vouchers/", listing.voucher_list, name="list"),
    path("vouchers/<int:pk>/", views.detail, name="detail"),
    path("vouchers/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("vouchers/<int:pk>/discard/", views.discard, name="discard"),
    path("vouchers/<int:pk>/explain/", explaining.explain_finding, name="explain"),
    path("vouchers/<int:pk>/decide/", review.decide, name="decide"),
    path("vouchers/<int:pk>/reverse/", corrections.reverse, name="reverse"),
    path("vouchers/<int:pk>/correct/", corrections.correct, name="correct"),
    path("vouchers/<int:pk>/evidence/<int:key>/", evidence.download, name="evidence"),
    path("review/", review.review, name="review"),
]
