from django.urls import path

from yibenzhang.web.plans import amending, bringing, detail, editing, exports, issuing, items, listing

urlpatterns = [
    path("", listing.plans_list, name="list"),
    path("new/", editing.new, name="new"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/import/", bringing.bring, name="import"),
    path("<int:pk>/template/", bringing.template, name="template"),
    path("<int:pk>/issue/", issuing.issue, name="issue"),
    path("<int:pk>/add/", amending.add, name="add"),
    path("<int:pk>/acts/<slug:act>/", issuing.plan_act, name="act"),
    path("<int:pk>/download/<slug:form>/", exports.download, name="download"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/amend/", amending.amend, name="amend"),
    path("items/<int:pk>/link/", items.link, name="link"),
    path("items/<int:pk>/progress/", items.progress, name="progress"),
]
