from django import forms

from coproduce.pages.about.appearance import CHOICES


class AppearanceForm(forms.Form):
    size = forms.ChoiceField(label="Text size", choices=CHOICES["size"], widget=forms.RadioSelect)
    theme = forms.ChoiceField(label="Colours", choices=CHOICES["theme"], widget=forms.RadioSelect)
    font = forms.ChoiceField(label="Font", choices=CHOICES["font"], widget=forms.RadioSelect)


class SampleForm(forms.Form):
    """One field of each kind, for the style page."""

    words = forms.CharField(
        label="What is important to you?",
        help_text="Please leave out names.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=200,
    )
    code = forms.CharField(label="Your code")
    who = forms.MultipleChoiceField(
        label="Who are you?",
        help_text="Pick any, or none.",
        choices=[("child", "Child or young person"), ("parent", "Parent carer")],
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.ChoiceField(
        label="Whose words are these?",
        choices=[("own", "My own words"), ("helper", "A helper types my words")],
        widget=forms.RadioSelect,
    )
    area = forms.ChoiceField(label="Area", choices=[("", "Pick one"), ("east", "East")])
    sure = forms.BooleanField(label="I have read this")
