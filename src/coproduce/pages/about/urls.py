from django.urls import path

from coproduce.pages.about import views

app_name = "about"
urlpatterns = [
    path("glossary/", views.glossary, name="glossary"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("appearance/", views.appearance, name="appearance"),
    path("style/", views.style, name="style"),
]
