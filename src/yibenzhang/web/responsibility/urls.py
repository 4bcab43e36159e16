"""URLs of 责任清单."""

from django.urls import path

from yibenzhang.web.responsibility import acts, chain, composing, detail, downloads, items, listing

urlpatterns = [
    path("", listing.lists, name="list"),
    path("new/", composing.new, name="new"),
    path("template/", composing.template, name="template"),
    path("tiers/", chain.chain, name="chain"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/head/", composing.head, name="head"),
    path("<int:pk>/add/", items.add, name="add"),
    path("<int:pk>/paste/", composing.paste, name="paste"),
    path("<int:pk>/import/", composing.bring_in, name="import"),
    path("<int:pk>/discard/", composing.discard, name="discard"),
    path("<int:pk>/issue/", acts.issue, name="issue"),
    path("<int:pk>/review/", acts.review, name="review"),
    path("<int:pk>/split/", acts.split, name="split"),
    path("<int:pk>/next-year/", acts.roll, name="roll"),
    path("<int:pk>/download/<slug:form>/", downloads.download, name="download"),
    path("items/<int:pk>/", items.detail, name="item"),
    path("items/<int:pk>/edit/", items.edit, name="edit"),
    path("items/<int:pk>/remove/", items.remove, name="remove"),
    path("items/<int:pk>/state/", items.state, name="state"),
]
