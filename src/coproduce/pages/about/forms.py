from django import forms

from coproduce.pages.about.appearance import CHOICES


class AppearanceForm(forms.Form):
    size = forms.ChoiceField(label="Text size", choices=CHOICES["size"], widget=forms.RadioSelect)
    theme = forms.ChoiceField(label="Colours", choices=CHOICES["theme"], widget=forms.RadioSelect)
    font = forms.ChoiceField(label="Font", choices=CHOICES["font"], widget=forms.RadioSelect)
