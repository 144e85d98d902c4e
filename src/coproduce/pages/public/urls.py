from django.urls import path

from coproduce.pages.facilitating.views import rates
from coproduce.pages.public import area, doing, done, genuine, sheets, telling, views

app_name = "public"
urlpatterns = [
    path("c/<slug:slug>/looked-at/", rates.looked_at, name="looked_at"),
    path("", views.home, name="home"),
    path("how-it-works/", views.how_it_works, name="how_it_works"),
    path("privacy/", views.privacy, name="privacy"),
    path("find/", views.find, name="find"),
    path("s/<str:ref>/", views.statement, name="statement"),
    path("s/<str:ref>/sheet/", sheets.sheet, name="sheet"),
    path("c/<slug:slug>/done/", done.said_and_done_page, name="said_and_done"),
    path("c/<slug:slug>/feed/", telling.feed, name="feed"),
    path("stop/<str:token>/", telling.stop_telling, name="stop_telling"),
    path("done/", done.area_done, name="area_done"),
    path("c/<slug:slug>/understanding/", views.understanding, name="understanding"),
    path("c/<slug:slug>/understanding/<int:number>/", views.version, name="version"),
    path(
        "c/<slug:slug>/understanding/<int:number>/changed/",
        views.version_changes,
        name="version_changes",
    ),
    path("c/<slug:slug>/genuine/", genuine.genuine, name="genuine"),
    path("c/<slug:slug>/who/", area.who, name="who"),
    path("map/", area.where_involved, name="map"),
    path("area/", area.area, name="area"),
    path("l/<str:ref>/", views.line, name="line"),
    path("d/<str:ref>/", doing.decision, name="decision"),
    path("a/<str:ref>/", doing.action, name="action"),
    path("c/<slug:slug>/questions/", doing.questions, name="questions"),
]
