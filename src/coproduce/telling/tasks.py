"""Letters are sent by the background worker."""

from __future__ import annotations

from django_tasks import task


@task()
def send_letters() -> None:
    """Twice is the same as once: what another worker has taken up is left alone."""
    # The services put this down.
    from coproduce.telling.services.sending import send_what_is_due

    send_what_is_due()
