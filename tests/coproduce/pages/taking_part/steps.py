"""What somebody does on their phone, for tests of pages."""

import re

from django.urls import reverse

from coproduce.people.models import Participant


def address(name, conversation, *args):
    return reverse(f"taking_part:{name}", args=[conversation.slug, *args])


def join(client, conversation, *groups, whose="own", area=""):
    client.get(address("welcome", conversation))
    client.get(address("join", conversation))
    client.post(address("join", conversation), {"whose": whose})
    client.post(address("who", conversation), {"groups": groups, "description": ""})
    client.post(address("area", conversation), {"area": area})
    page = client.get(address("code", conversation)).content.decode()
    code = re.search(r'private-code">([a-z ]+)<', page).group(1)
    return Participant.objects.latest("pk"), code


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()).group(1)


def say(client, conversation, words, form_key=None, **more):
    where = address("say", conversation)
    key = form_key or hidden(client.get(where), "form_key")
    sent = {"words": words, "form_key": key, "question": conversation.questions.first().pk}
    return client.post(where, {**sent, **more}, follow=True)
