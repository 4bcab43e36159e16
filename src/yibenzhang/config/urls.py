"""Root URLs: everything lives in the web package."""

from django.urls import include, path

urlpatterns = [path("", include("yibenzhang.web.urls"))]
handler403 = "yibenzhang.web.errors.views.forbidden"
handler404 = "yibenzhang.web.errors.views.not_found"
handler500 = "yibenzhang.web.errors.views.failed"
