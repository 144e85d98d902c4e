from django import forms

from coproduce.pages.taking_part.page import new_form_key


class LetterForm(forms.Form):
    subject = forms.CharField(
        label="What is it about?",
        help_text="People read this first, in the list of their mail.",
        max_length=200,
        error_messages={"required": "Say in a few words what the letter is about."},
    )
    text = forms.CharField(
        label="The letter",
        help_text="Plain words, no names. What was said and done, and the link that ends letters, "
        "stand under it by themselves.",
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={"required": "Write the letter."},
    )
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)
