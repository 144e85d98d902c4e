import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")
application = get_wsgi_application()

from coproduce.getting_ready import keep_ready_in_background  # noqa: E402 (needs Django)
from coproduce.statements.getting_ready import warm_up_in_background  # noqa: E402 (needs Django)

warm_up_in_background()
keep_ready_in_background()
