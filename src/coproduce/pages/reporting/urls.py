from django.urls import path

from coproduce.pages.reporting.views import annual, data, embed, pack, published, versions

_VERSION = "c/<slug:slug>/understanding/<int:number>/files/"

app_name = "reporting"
urlpatterns = [
    path(_VERSION, versions.files, name="version_files"),
    path(f"{_VERSION}<slug:ending>/", versions.file, name="version_file"),
    path("data/", data.about, name="data"),
    path("data/openapi.json", data.openapi, name="openapi"),
    path("data/conversations.<slug:ending>", data.conversations, name="data_conversations"),
    path("data/c/<slug:slug>/<slug:name>.<slug:ending>", data.one_set, name="data_set"),
    path("embed/font.css", embed.font, name="embed_font"),
    path("embed/c/<slug:slug>/", embed.embed, name="embed"),
    path("embed/c/<slug:slug>/code/", embed.code, name="embed_code"),
    path("reports/", published.all_reports, name="annual_all"),
    path("reports/<int:key>/", published.report, name="annual"),
    path("reports/<int:key>/not-printed/", published.not_printed, name="annual_not_printed"),
    path("reports/<int:key>/files/", published.files, name="annual_files"),
    path("reports/<int:key>/files/<slug:ending>/", published.file, name="annual_file"),
    path("reports/<int:key>/part-<slug:letter>/", published.part, name="annual_part"),
    path("team/c/<slug:slug>/pack/", pack.pack, name="pack"),
    path("team/c/<slug:slug>/pack/file/", pack.file, name="pack_file"),
    path("team/reports/", annual.all_reports, name="annual_drafts"),
    path("team/reports/new/", annual.new, name="annual_new"),
    path("team/reports/<int:key>/", annual.draft, name="annual_draft"),
    path("team/reports/<int:key>/edit/", annual.edit, name="annual_edit"),
    path("team/reports/<int:key>/leave-out/", annual.leaving_out, name="annual_leave_out"),
    path("team/reports/<int:key>/finish/", annual.finish, name="annual_finish"),
    path("team/reports/<int:key>/files/", annual.files, name="annual_draft_files"),
    path("team/reports/<int:key>/files/<slug:ending>/", annual.file, name="annual_draft_file"),
]
