from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

urlpatterns = [
    path("sign-in/", LoginView.as_view(redirect_authenticated_user=True), name="sign_in"),
    path("sign-out/", LogoutView.as_view(next_page="sign_in"), name="sign_out"),
]
