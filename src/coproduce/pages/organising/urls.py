from django.urls import path

from coproduce.pages.organising.views import (
    copies,
    edit,
    keys,
    overview,
    phases,
    team,
    type_in,
    ways_in,
)

app_name = "organising"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("edit/<slug:part>/", edit.edit, name="edit"),
    path("phases/", phases.phases, name="phases"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:key>/turn/", keys.turn, name="turn"),
    path("keys/<int:key>/take-back/", keys.take_back, name="take_back"),
    path("ways-in/", ways_in.ways_in, name="ways_in"),
    path("ways-in/qr.svg", ways_in.qr_code, name="qr_code"),
    path("ways-in/slips/", ways_in.join_slips, name="join_slips"),
    path("ways-in/paper/", ways_in.paper_slips, name="paper_slips"),
    path("room/", ways_in.room, name="room"),
    path("room/count/", ways_in.room_count, name="room_count"),
    path("type-in/", type_in.type_in, name="type_in"),
    path("copies/", copies.copies, name="copies"),
    path("copies/statements.json", copies.as_json_file, name="copy_json"),
    path("copies/statements.csv", copies.as_csv_file, name="copy_csv"),
    path("copies/answers.zip", copies.as_polis_zip, name="copy_polis"),
    path("team/", team.team, name="team"),
    path("team/invite/", team.invite, name="invite"),
    path("team/<int:key>/", team.change, name="member"),
    path("team/<int:key>/link/", team.link, name="member_link"),
    path("team/<int:key>/leave/", team.leave, name="leave"),
]
