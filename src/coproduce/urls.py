"""Every address of the service. Each view declares its audience (pages/audience.py)."""

from django.urls import include, path

urlpatterns = [
    # First what a full room asks for: addresses are tried in order.
    path("", include("coproduce.pages.taking_part.urls")),
    path("", include("coproduce.pages.about.urls")),
    path("", include("coproduce.pages.public.urls")),
    path("", include("coproduce.pages.reporting.urls")),
    path("team/", include("coproduce.pages.team.urls")),
    path("team/", include("coproduce.pages.reaching.urls")),
    path("team/c/<slug:slug>/", include("coproduce.pages.organising.urls")),
    path("team/c/<slug:slug>/", include("coproduce.pages.facilitating.urls")),
    path("team/c/<slug:slug>/", include("coproduce.pages.deciding.urls")),
    path("team/c/<slug:slug>/", include("coproduce.pages.telling.urls")),
]
