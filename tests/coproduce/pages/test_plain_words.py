"""Forms speak in our words: each thing that can be wrong, and nothing of Django's."""

import pytest
from django import forms

BAD = {
    "number": ("a few", "Write a whole number, in figures."),
    "dots": ("-2", "Write 0 or a larger number."),
    "most": ("9", "Write 5 or a smaller number."),
    "short": ("abcd", "This is 4 characters long. There is room for 3."),
    "day": ("soon", "Write a date with day, month and year: 2027-03-31."),
    "one": ("z", "Pick one that stands here."),
    "some": (["z"], "Pick from what stands here."),
    "email": ("grace", "Write an email address, such as you@example.org."),
    "missing": ("", "Fill this in."),
}


class Every(forms.Form):
    number = forms.IntegerField()
    dots = forms.IntegerField(min_value=0)
    most = forms.IntegerField(max_value=5)
    short = forms.CharField(max_length=3)
    day = forms.DateField()
    one = forms.ChoiceField(choices=[("a", "A")])
    some = forms.MultipleChoiceField(choices=[("a", "A")])
    email = forms.EmailField()
    missing = forms.CharField()
    file = forms.FileField()


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_in_plain_words(name):
    form = Every({field: bad for field, (bad, _) in BAD.items()})
    assert list(form.errors[name]) == [BAD[name][1]]


def test_a_form_with_words_of_its_own_keeps_them():
    class Own(forms.Form):
        number = forms.IntegerField(min_value=1, error_messages={"min_value": "One at least."})

    assert list(Own({"number": "0"}).errors["number"]) == ["One at least."]
    assert list(Every({}, {}).errors["file"]) == ["Choose a file first."]
