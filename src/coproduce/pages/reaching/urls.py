from django.urls import path

from coproduce.pages.reaching.views import benchmarks, inviting, mapping, themes

app_name = "reach"
urlpatterns = [
    path("benchmarks/", benchmarks.benchmarks, name="benchmarks"),
    path("benchmarks/<int:key>/retire/", benchmarks.retire, name="retire_benchmarks"),
    path("map/", mapping.entries, name="map"),
    path("map/load/", mapping.load, name="load_map"),
    path("map/prefill/<int:key>/", mapping.prefill_entry, name="prefill"),
    path("map/<int:key>/", mapping.entry, name="map_entry"),
    path("map/<int:key>/retire/", mapping.retire, name="retire_entry"),
    path("map/<int:key>/<slug:stage>/", mapping.stage, name="map_stage"),
    path("themes/", themes.themes, name="themes"),
    path("themes/proposal/<int:key>/", themes.answer, name="answer_likeness"),
    path("themes/<int:key>/retire/", themes.retire, name="retire_theme"),
    path("themes/idea/<int:key>/take-out/", themes.take_out, name="take_out_of_theme"),
    path("c/<slug:slug>/invite-next/", inviting.invite_next, name="invite_next"),
    path("c/<slug:slug>/invite-next/poster/", inviting.poster, name="poster"),
    path("c/<slug:slug>/invite-next/not-answered/", inviting.not_answered, name="not_answered"),
]
