import os

from django.core.wsgi import get_wsgi_application

from coproduce.turns import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")
application = InTurn(get_wsgi_application())

from django.urls import get_resolver  # noqa: E402 (needs the settings)

from coproduce.getting_ready import keep_ready_in_background  # noqa: E402 (needs Django)
from coproduce.memory import keep_what_is_loaded  # noqa: E402

# Every page's code. Read with the first request, it would hold up all who come at once.
_ = get_resolver().url_patterns
keep_ready_in_background()
keep_what_is_loaded()
