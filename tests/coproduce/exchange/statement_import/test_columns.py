from coproduce.exchange.statement_import.columns import Field, guess_columns, has_headings


def test_the_headings_that_offices_write_are_known():
    headings = ("Partner Group", "Theme", "What people said", "Stars", "Question:", "Author ID")
    assert guess_columns(headings) == {
        Field.TEXT: 2,
        Field.QUESTION: 4,
        Field.GROUP: 0,
        Field.IDEA: 1,
        Field.MARKS: 3,
        Field.PERSON: 5,
    }


def test_an_account_with_headings_added_later_is_known():
    headings = ("idea_order", "heading_added_by_us", "fragment_order", "room_marks", "statement")
    assert guess_columns(headings) == {Field.TEXT: 4, Field.IDEA: 1, Field.MARKS: 3}


def test_the_more_usual_name_wins_and_a_column_serves_once():
    assert guess_columns(("comment", "statement")) == {Field.TEXT: 1}


def test_words_are_not_taken_for_headings():
    assert not has_headings(("Listen to us, every time.",))
    assert has_headings(("Number", "Statement"))
