from django.urls import path

from coproduce.pages.facilitating.views import concerns, queue

app_name = "facilitating"
urlpatterns = [
    path("new-words/", queue.look, name="queue"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<int:key>/", concerns.concern, name="concern"),
    path("concerns/<int:key>/open/", concerns.open_concern, name="open_concern"),
]
