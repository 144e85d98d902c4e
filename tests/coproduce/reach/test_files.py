"""Benchmarks and the map from files: what is wrong is said by line and column."""

import datetime
from pathlib import Path

import pytest
from django.utils.text import slugify

from coproduce.audit.models import Entry
from coproduce.conversations.starting import DEVON_DISTRICTS
from coproduce.people.models import Account
from coproduce.reach.files import FileProblems, parse_benchmarks, parse_map
from coproduce.reach.models import Benchmark, BenchmarkFile, Involvement, MapEntry
from coproduce.reach.queries.who import benchmarks_now
from coproduce.reach.services import load_benchmarks, load_map, retire_benchmarks
from coproduce.refused import Refused

EXAMPLES = Path(__file__).parents[3] / "src" / "coproduce" / "example"
HEAD = "kind,key,people,source,as_of\n"


def problems(parse, text):
    with pytest.raises(FileProblems) as told:
        parse("file.csv", text.encode())
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "group,children,5,Census,2024-03-14",
            "Line 2, column kind: “group” is not one of partner_group, area.",
        ),
        (
            "area,Mid Devon,5,Census,2024-03-14",
            "Line 2, column key: “Mid Devon” is not a key. A key has small letters, numbers, - and "
            "_, such as parent_carers or mid-devon.",
        ),
        (
            "area,exeter,many,Census,2024-03-14",
            "Line 2, column people: “many” is not a number of people. Write it as 1250.",
        ),
        (
            "area,exeter,-5,Census,2024-03-14",
            "Line 2, column people: “-5” is not a number of people. Write it as 1250.",
        ),
        ("area,exeter,5,,2024-03-14", "Line 2, column source: This is empty."),
        (
            "area,exeter,5,Census,14/03/2024",
            "Line 2, column as_of: “14/03/2024” is not a date. Write it as 2024-03-14.",
        ),
        (
            "area,exeter,5,Census, 2021,2024-03-14",
            "Line 2: There are more cells than columns. Put quotation marks round commas.",
        ),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(line, said):
    assert said in problems(parse_benchmarks, HEAD + line + "\n")


def test_everything_wrong_is_said_at_once():
    told = problems(
        parse_benchmarks,
        HEAD + "area,exeter,5,Census,2021-03-21\narea,exeter,six,,2021-03-21\n",
    )
    assert told == [
        "Line 3, column people: “six” is not a number of people. Write it as 1250.",
        "Line 3, column source: This is empty.",
        "Line 3, column key: area exeter stands in line 2 already. Keep one of them.",
    ]


def test_wrong_columns_are_said_clearly():
    assert problems(parse_benchmarks, "kind,key,number,source,source\na,b,1,c,d\n") == [
        "Line 1: The first line must name the columns kind, key, people, source, as_of. Missing: "
        "people, as_of. Not known: number. Named twice: source."
    ]


def test_a_file_without_rows_is_no_file_of_benchmarks():
    assert problems(parse_benchmarks, HEAD) == [
        "Line 2: There is nothing under the columns' names."
    ]
    with pytest.raises(Refused, match="The file is empty"):
        parse_benchmarks("file.csv", b" ")


def test_the_map_says_which_words_it_takes():
    told = problems(
        parse_map,
        "name,kind,stage,group,how\nTransport,plan,before,Parents,asked\n",
    )
    assert told == [
        "Line 2, column kind: “plan” is not one of decision, service.",
        "Line 2, column stage: “before” is not one of what_matters, designing, deciding, "
        "delivering, reviewing.",
        "Line 2, column how: “asked” is not one of not, coercion, educating, informing, "
        "consultation, engagement, co_design, co_production.",
    ]


@pytest.mark.django_db
def test_devons_example_is_loaded_with_source_and_date():
    content = (EXAMPLES / "devon-benchmarks.csv").read_bytes()
    load_benchmarks(by=None, name="devon.csv", content=content)
    children = benchmarks_now()["partner_group", "children"]
    assert (children.people, children.as_of) == (26550, datetime.date(2024, 3, 14))
    stages = Benchmark.objects.filter(key__startswith="children-").values_list("people", flat=True)
    assert sum(stages) == children.people
    districts = Benchmark.objects.filter(kind="area")
    assert {one.key: one.people for one in districts} == {
        "exeter": 130_700,
        "mid-devon": 82_900,
        "south-hams": 88_600,
        "teignbridge": 134_800,
    }
    assert {one.key for one in districts} < {slugify(one) for one in DEVON_DISTRICTS}
    assert Entry.objects.get().act == "load_benchmarks"
    with pytest.raises(Refused, match="loaded already"):
        load_benchmarks(by=None, name="again.csv", content=content)


@pytest.mark.django_db
def test_the_latest_number_counts_and_a_file_of_the_same_name_takes_its_place():
    old = HEAD + "area,exeter,100,Count,2011-03-27\n"
    new = HEAD + "area,exeter,120,Count,2021-03-21\n"
    load_benchmarks(by=None, name="b.csv", content=new.encode())
    load_benchmarks(by=None, name="a.csv", content=old.encode())
    assert benchmarks_now()["area", "exeter"].people == 120
    mended = HEAD + "area,exeter,125,Count,2021-03-21\n"
    load_benchmarks(by=None, name="b.csv", content=mended.encode())
    assert benchmarks_now()["area", "exeter"].people == 125
    assert BenchmarkFile.objects.filter(ended_at=None).count() == 2
    retire_benchmarks(by=None, file=BenchmarkFile.objects.get(name="b.csv", ended_at=None))
    assert benchmarks_now()["area", "exeter"].people == 100


@pytest.mark.django_db
def test_who_does_not_run_the_installation_loads_nothing():
    hal = Account.objects.create_account(email="hal@example.org", name="Hal")
    with pytest.raises(PermissionError):
        load_benchmarks(by=hal, name="a.csv", content=HEAD.encode())
    with pytest.raises(PermissionError):
        load_map(by=hal, name="a.csv", content=HEAD.encode())
    assert not BenchmarkFile.objects.exists()


@pytest.mark.django_db
def test_the_example_of_the_map_is_loaded_and_a_change_is_a_new_row():
    content = (EXAMPLES / "embedding-map.csv").read_bytes()
    assert load_map(by=None, name="map.csv", content=content) == 8
    assert MapEntry.objects.count() == 2
    assert load_map(by=None, name="map.csv", content=content) == 0
    changed = content.replace(b"Parent carers,co_design", b"Parent carers,co_production")
    assert load_map(by=None, name="map.csv", content=changed) == 1
    rows = Involvement.objects.filter(entry__name="Short breaks", stage="designing").order_by("pk")
    assert [(row.how, row.ended_at is None) for row in rows] == [
        ("co_design", False),
        ("co_production", True),
    ]


@pytest.mark.django_db
def test_a_map_with_one_wrong_line_loads_nothing():
    text = (
        "name,kind,stage,group,how\nA,decision,deciding,Parents,not\nB,decision,deciding,Parents,\n"
    )
    with pytest.raises(FileProblems, match="Line 3, column how: This is empty"):
        load_map(by=None, name="map.csv", content=text.encode())
    assert not MapEntry.objects.exists()
