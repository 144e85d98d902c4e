import pytest
from hypothesis import settings

from coproduce.memory import keep_what_is_loaded
from tests.shared_data import shared

# A machine that is busy is no fault of the code: nothing here is timed.
settings.register_profile("not timed", deadline=None)
settings.load_profile("not timed")


@pytest.fixture(scope="session")
def shared_data():
    """`shared_data("polis", "vtaiwan.uberx")`: a path, or the test is skipped with the reason."""
    return shared


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What a module makes once is made by one process: under `--dist loadgroup` tests that use it
    stay together, while all others go to whoever is free."""
    if not config.pluginmanager.hasplugin("xdist"):
        return
    for item in items:
        made_once = [
            fixtures[-1]
            for fixtures in item._fixtureinfo.name2fixturedefs.values()
            if fixtures[-1].scope == "module"
        ]
        if made_once:
            item.add_marker(pytest.mark.xdist_group(made_once[0].baseid))


def pytest_collection_finish():
    """All tests are loaded, and with them the product: a tenth of the time went by looking for
    garbage in that. Web processes do the same."""
    keep_what_is_loaded()
