"""Addresses of the draft, of publishing, and of bringing statements in."""

from django.urls import path

from coproduce.pages.facilitating.views import bring_in, disputes, draft, publish

urlpatterns = [
    path("draft/", draft.draft, name="draft"),
    path("draft/text/", draft.write, name="draft_text"),
    path("draft/ideas/<int:key>/", draft.idea, name="draft_idea"),
    path("draft/ideas/<int:idea>/wording/", draft.wording, name="draft_wording"),
    path("draft/ideas/<int:idea>/wording/<int:key>/", draft.wording, name="draft_change_wording"),
    path("draft/wordings/<int:key>/end/", draft.end_wording, name="draft_end_wording"),
    path("draft/questions/", draft.raise_question, name="draft_raise"),
    path("draft/questions/<int:key>/", draft.change_raised, name="draft_change_raised"),
    path("draft/disputes/", disputes.disputes, name="disputes"),
    path("draft/disputes/<int:key>/", disputes.dispute, name="dispute"),
    path("draft/preview/", publish.preview, name="preview"),
    path("publish/", publish.publish, name="publish"),
    path("bring-in/", bring_in.choose, name="bring_in"),
    path("bring-in/<int:key>/", bring_in.check, name="bring_in_check"),
]
