from django import forms

from coproduce.understanding.access import public_statement


class FindForm(forms.Form):
    """A short reference, as somebody noted it down."""

    ref = forms.CharField(
        label="The reference of your words",
        help_text="Eight letters and numbers, such as K7PM-2XQW. Capitals and the dash do not "
        "matter.",
        max_length=20,
        error_messages={"required": "Type the reference of your words."},
    )

    def clean_ref(self) -> str:
        found = public_statement(self.cleaned_data["ref"])
        if found is None:
            raise forms.ValidationError(
                "We find no words with this reference. Look again at each letter. "
                "There is no letter O, no I and no number 1 in it."
            )
        return found.ref
