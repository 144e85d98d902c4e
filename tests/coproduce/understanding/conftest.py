import pytest

from tests.coproduce.understanding.arranging import agreeing_conversation, make_team


@pytest.fixture
def conversation():
    return agreeing_conversation()


@pytest.fixture
def team(conversation):
    """Grace and Hal, who hold the two keys."""
    return make_team(conversation)
