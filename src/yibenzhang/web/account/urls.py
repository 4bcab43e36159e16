from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.urls import include, path, reverse_lazy

from yibenzhang.web.account import views
from yibenzhang.web.account.signing_in import SignInForm

account_urls = [
    path("", views.accounts, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/grant/", views.grant, name="grant"),
    path("<int:pk>/grant/<int:grant_pk>/end/", views.end, name="end"),
    path("<int:pk>/password/", views.password, name="password"),
]
urlpatterns = [
    path(
        "sign-in/",
        LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True),
        name="sign_in",
    ),
    path("sign-out/", LogoutView.as_view(next_page="sign_in"), name="sign_out"),
    path(
        "password/",
        PasswordChangeView.as_view(
            template_name="accounts/own_password.html", success_url=reverse_lazy("workbench")
        ),
        name="change_password",
    ),
    path("all/", include((account_urls, "accounts"))),
]
