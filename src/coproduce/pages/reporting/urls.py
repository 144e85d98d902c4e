from django.urls import path

from coproduce.pages.reporting.views import versions

app_name = "reporting"
urlpatterns = [
    path("c/<slug:slug>/understanding/<int:number>/files/", versions.files, name="version_files"),
    path(
        "c/<slug:slug>/understanding/<int:number>/files/<slug:ending>/",
        versions.file,
        name="version_file",
    ),
]
