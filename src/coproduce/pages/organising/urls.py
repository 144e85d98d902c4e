from django.urls import path

from coproduce.pages.organising.views import edit, keys, overview, phases, team

app_name = "organising"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("edit/<slug:part>/", edit.edit, name="edit"),
    path("phases/", phases.phases, name="phases"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:key>/turn/", keys.turn, name="turn"),
    path("keys/<int:key>/take-back/", keys.take_back, name="take_back"),
    path("team/", team.team, name="team"),
    path("team/invite/", team.invite, name="invite"),
    path("team/<int:key>/", team.change, name="member"),
    path("team/<int:key>/link/", team.link, name="member_link"),
    path("team/<int:key>/leave/", team.leave, name="leave"),
]
