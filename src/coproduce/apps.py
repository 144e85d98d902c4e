from django.apps import AppConfig


class CoproduceConfig(AppConfig):
    name = "coproduce"
    label = "coproduce"
    verbose_name = "Coproduce"

    def ready(self) -> None:
        from coproduce.pages.plain_words import speak_plainly

        speak_plainly()
