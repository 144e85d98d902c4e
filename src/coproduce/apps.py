from django.apps import AppConfig


class CoproduceConfig(AppConfig):
    name = "coproduce"
    label = "coproduce"
    verbose_name = "Coproduce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from coproduce.pages.plain_words import speak_plainly

        speak_plainly()
