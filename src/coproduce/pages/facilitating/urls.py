from django.urls import path

from coproduce.pages.facilitating import document_urls
from coproduce.pages.facilitating.views import (
    cluster,
    concerns,
    connect,
    ideas,
    log,
    queue,
    suggested,
)

app_name = "facilitating"
urlpatterns = [
    path("new-words/", queue.look, name="queue"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<int:key>/", concerns.concern, name="concern"),
    path("concerns/<int:key>/open/", concerns.open_concern, name="open_concern"),
    path("connect/", connect.connect, name="connect"),
    path("connect/find/", connect.find, name="find"),
    path("connect/pair/", connect.pair, name="pair"),
    path("connect/move/", connect.move, name="move"),
    path("connect/<slug:ref>/", cluster.cluster, name="cluster"),
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/suggested/", suggested.suggested, name="suggested"),
    path("ideas/wordings/<int:key>/review/", ideas.review, name="review"),
    path("ideas/<int:key>/", ideas.idea, name="idea"),
    path("ideas/<int:key>/order/", ideas.order, name="order"),
    path("ideas/<int:key>/place/", ideas.place, name="place"),
    path("ideas/<int:key>/retire/", ideas.retire, name="retire"),
    path("log/", log.log, name="log"),
    path("log/<int:key>/undo/", log.undo, name="undo"),
    *document_urls.urlpatterns,
]
