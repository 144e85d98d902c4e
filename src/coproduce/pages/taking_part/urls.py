from django.urls import path

from coproduce.pages.taking_part.views import (
    coming_back,
    joining,
    listening,
    mine,
    saying,
    seeing,
    stated,
)

app_name = "taking_part"
urlpatterns = [
    path("back/", coming_back.back, name="come_back"),
    path("join/", joining.enter_code, name="enter_code"),
    path("j/<str:join_code>/", joining.short_link, name="short_link"),
    path("slip/<str:token>/", joining.slip, name="slip"),
    path("c/<slug:slug>/", joining.welcome, name="welcome"),
    path("c/<slug:slug>/stated/", stated.stated, name="stated"),
    path("c/<slug:slug>/privacy/", joining.privacy, name="privacy"),
    path("c/<slug:slug>/join/", joining.whose, name="join"),
    path("c/<slug:slug>/join/who/", joining.who, name="who"),
    path("c/<slug:slug>/join/area/", joining.area, name="area"),
    path("c/<slug:slug>/code/", coming_back.code, name="code"),
    path("c/<slug:slug>/code/together/", coming_back.together, name="together"),
    path("c/<slug:slug>/say/", saying.say, name="say"),
    path("c/<slug:slug>/say/<str:ref>/", saying.kept, name="kept"),
    path("c/<slug:slug>/say/<str:ref>/done/", saying.say_done, name="say_done"),
    path("c/<slug:slug>/ask/", saying.ask, name="ask"),
    path("c/<slug:slug>/listen/", listening.listen, name="listen"),
    path("c/<slug:slug>/listen/<str:ref>/", listening.listen_to, name="listen_to"),
    path("c/<slug:slug>/listen/<str:ref>/why/", listening.why, name="why"),
    path("c/<slug:slug>/see/", seeing.see, name="see"),
    path("c/<slug:slug>/see/<int:key>/", seeing.see_idea, name="see_idea"),
    path("c/<slug:slug>/mine/", mine.mine, name="mine"),
    path("c/<slug:slug>/mine/answers/", mine.answers, name="answers"),
    path("c/<slug:slug>/mine/who/", mine.who_i_am, name="who_i_am"),
    path("c/<slug:slug>/mine/<str:ref>/take-back/", mine.withdraw, name="withdraw"),
    path("c/<slug:slug>/mine/<str:ref>/not-the-same/", mine.not_the_same, name="not_the_same"),
    path("c/<slug:slug>/leave/", mine.leave, name="leave"),
    path("c/<slug:slug>/finish/", mine.finish, name="finish"),
]
