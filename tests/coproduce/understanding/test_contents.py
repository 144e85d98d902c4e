from coproduce.understanding.contents import LINES_IN_PART, Contents, Heading, Piece


def contents(*lines):
    return Contents(
        ((7, "What matters?"),),
        tuple(Heading(7, place, f"Idea {place}", many) for place, many in enumerate(lines, 1)),
    )


def test_what_is_short_is_one_page():
    assert not contents(40, 40).is_long
    assert contents(40, 41).is_long


def test_an_idea_is_not_cut_where_it_fits_on_a_part_of_its_own():
    found = contents(30, 11, 40, 3)
    assert found.parts == (
        (Piece(0, 0, 30),),
        (Piece(1, 0, 11),),
        (Piece(2, 0, 40),),
        (Piece(3, 0, 3),),
    )
    assert contents(30, 10, 2).parts == ((Piece(0, 0, 30), Piece(1, 0, 10)), (Piece(2, 0, 2),))


def test_a_long_idea_goes_on_in_the_next_part():
    found = contents(5, 95, 6)
    assert found.parts == (
        (Piece(0, 0, 5),),
        (Piece(1, 0, 40),),
        (Piece(1, 40, 80),),
        (Piece(1, 80, 95), Piece(2, 0, 6)),
    )
    assert found.part(4).goes_on_with == "Idea 2"
    assert found.part(4).ideas == [2, 3]
    assert (found.part(1).before, found.part(1).after) == (None, 2)
    assert (found.part(4).before, found.part(4).after) == (3, None)
    assert found.part(5) is None
    assert found.part(0) is None
    ((_, entries),) = found.by_question
    assert [(one.heading.name, one.part) for one in entries] == [
        ("Idea 1", 1),
        ("Idea 2", 2),
        ("Idea 3", 4),
    ]


def test_every_line_stands_in_one_part_once():
    lines = (1, 39, 2, 120, 0, 7, 40, 41)
    found = contents(*lines)
    read = sorted(
        (piece.place, at)
        for part in found.parts
        for piece in part
        for at in range(piece.start, piece.stop)
    )
    assert read == [(place, at) for place, many in enumerate(lines) for at in range(many)]
    assert all(sum(p.stop - p.start for p in part) <= LINES_IN_PART for part in found.parts)
