from django.urls import path

from coproduce.pages.team import views

app_name = "team"
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("in/<str:token>/", views.way_in, name="way_in"),
    path("password/", views.password, name="password"),
    path("new/", views.new, name="new"),
]
