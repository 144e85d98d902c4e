import os
import signal

from django.core.wsgi import get_wsgi_application

from coproduce.turns import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")
application = InTurn(get_wsgi_application())

from django.urls import get_resolver  # noqa: E402 (needs the settings)

from coproduce.getting_ready import keep_ready_in_background  # noqa: E402 (needs Django)
from coproduce.memory import keep_what_is_loaded  # noqa: E402
from coproduce.parent import end_with_parent  # noqa: E402

# Granian's own web processes live on where it is killed, and while they start they take no notice
# of SIGTERM. What one is making then is cut off; what was acknowledged is in the database.
end_with_parent(signal.SIGKILL)
# Every page's code and address: read with the first request, they would hold up all who come.
_ = get_resolver().reverse_dict
keep_ready_in_background()
keep_what_is_loaded()
