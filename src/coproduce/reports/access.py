"""Who makes yearly reports, and which may be reached."""

from __future__ import annotations

from coproduce.people.models import Account
from coproduce.reports.models import AnnualReport


def require_running(account: Account) -> None:
    """A yearly report is about several conversations: who runs the installation makes it."""
    if not account.is_active or not account.runs_installation:
        raise PermissionError(f"{account} does not run the installation.")


def report(key: int) -> AnnualReport | None:
    """Any report, for who runs the installation."""
    return AnnualReport.objects.filter(pk=key).defer("frozen").first()


def published_report(key: int) -> AnnualReport | None:
    """A final report, for anybody."""
    # What is frozen is large, and is read where it is shown.
    return AnnualReport.objects.filter(pk=key, final_at__isnull=False).defer("frozen").first()
