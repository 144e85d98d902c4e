import time

import numpy as np
import pytest

from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.statements import likeness
from coproduce.statements.models import Cluster, SentenceVector, Statement
from coproduce.statements.services import keep_apart, merge_statements
from coproduce.words.models import Standing, Words, WordsText
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    likeness.forget_all()


@pytest.fixture
def school():
    return make_conversation()


def test_only_what_is_shown_and_says_the_same_is_offered(school):
    amina = make_participant(school, "parent_carers")
    same = make_statement(school, "Train the drivers well.")
    make_statement(school, "Train the drivers very well.", standing=Standing.WAITING)
    make_statement(school, "Do not train the drivers.")
    make_statement(school, "The bus is late.")
    make_statement(school, "Train all the drivers.", by=amina)
    mine = make_statement(school, "Train the drivers.", by=amina, standing=Standing.WAITING)
    assert likeness.similar_to(mine) == [same]


def test_the_index_follows_what_is_looked_at_and_hidden(school):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    mine = make_statement(school, "Train the drivers.", standing=Standing.WAITING)
    other = make_statement(school, "Train drivers.", standing=Standing.WAITING)
    assert likeness.similar_to(mine) == []
    look_at(words=other.words, by=hal, outcome="shown")
    assert likeness.similar_to(mine) == [other]
    look_at(words=other.words, by=hal, outcome="held")
    assert likeness.similar_to(mine) == []


def test_a_pair_said_to_be_different_or_put_together_is_not_offered(school):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    mine = make_statement(school, "Train the drivers.")
    one, two = make_statement(school, "Train drivers."), make_statement(school, "Train our drivers")
    assert {each.pk for each in likeness.similar_to(mine)} == {one.pk, two.pk}
    keep_apart(one=mine, other=one, by=hal)
    merge_statements(kept=mine, absorbed=two, by=hal)
    mine.refresh_from_db()
    assert likeness.similar_to(mine) == []


def test_a_lookup_among_ten_thousand_takes_less_than_a_tenth_of_a_second(school):
    rng = np.random.default_rng(1)
    parts = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
    question = school.questions.first()
    texts = [" ".join(rng.choice(parts, 8)) for _ in range(10_000)]
    words = Words.objects.bulk_create(
        Words(conversation=school, kind="statement", ref=f"R{n}", digest="", standing="shown")
        for n in range(len(texts))
    )
    WordsText.objects.bulk_create(
        WordsText(words=one, text=text, salt="") for one, text in zip(words, texts, strict=True)
    )
    clusters = Cluster.objects.bulk_create(Cluster(conversation=school) for _ in words)
    Statement.objects.bulk_create(
        Statement(words=one, conversation=school, question=question, cluster=cluster)
        for one, cluster in zip(words, clusters, strict=True)
    )
    vectors = rng.normal(size=(len(texts), 384)).astype(np.float16)
    SentenceVector.objects.bulk_create(
        [
            SentenceVector(statement_id=one.pk, model="made up", values=vector.tobytes())
            for one, vector in zip(words, vectors, strict=True)
        ],
        batch_size=200,
    )
    mine = make_statement(school, texts[4321], standing=Standing.WAITING)
    for _ in range(6):  # Vectors come in a part at a time.
        likeness.similar_to(mine)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        found = likeness.similar_to(mine)
        times.append(time.perf_counter() - start)
    assert found[0].text == texts[4321]
    assert sorted(times)[2] < 0.1
    print(f"similar_to among 10,000: {1000 * sorted(times)[2]:.0f} ms")
