from django.urls import path

from coproduce.pages.deciding.views import actions, decisions, owe, questions, replies

app_name = "deciding"
urlpatterns = [
    path("what-we-owe/", owe.owe, name="owe"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.decide, name="decide"),
    path("decisions/<str:ref>/", decisions.decision, name="decision"),
    path("decisions/<str:ref>/correct/", decisions.correct, name="correct_decision"),
    path("actions/new/", actions.add, name="add_action"),
    path("actions/<str:ref>/", actions.action, name="action"),
    path("actions/<str:ref>/correct/", actions.correct, name="correct_action"),
    path("replies/", replies.replies, name="replies"),
    path("replies/new/", replies.reply, name="reply"),
    path("replies/<str:ref>/correct/", replies.correct, name="correct_reply"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<str:ref>/correct/", questions.correct, name="correct_answer"),
]
