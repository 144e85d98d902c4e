import gc
import os

from django.core.wsgi import get_wsgi_application

from coproduce.turns import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")
application = InTurn(get_wsgi_application())

from coproduce.getting_ready import keep_ready_in_background  # noqa: E402 (needs Django)

keep_ready_in_background()

# What is loaded now stays for good: looking for garbage in it again would hold up pages.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
