from django.urls import path

from coproduce.pages.telling import views

app_name = "telling"
urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/new/", views.new, name="new_letter"),
    path("letters/<int:key>/", views.change, name="letter"),
    path("letters/<int:key>/preview/", views.preview, name="preview"),
    path("letters/<int:key>/again/", views.again, name="again"),
]
