"""Common ground: what people share and where they differ.

Where things are, each with a docstring that says more:

    commonground.formats            read_answers, read_polis, write_polis …: files in and out
    commonground.votes              Votes: who answered what
    commonground.opinion_groups     find_opinion_groups: who answers alike, if anybody does
    commonground.what_groups_say    what_groups_say: what each says, all share, and divides
    commonground.agreement          assess, in_words: where declared partner groups stand
    commonground.small_numbers      public_figures: what of that may be shown in public
    commonground.routing            weights, draw: what to ask whom next
    commonground.duplicates         DuplicateIndex, relate: which statements say the same
    commonground.ideas              suggest_ideas: statements that belong together, with names
    commonground.polis              analyse_as_polis: the same as Polis, to compare
    commonground.report             prepare_report, report_page: all of it as one page

Three lines to begin with:

    from commonground.formats import read_answers
    from commonground.opinion_groups import find_opinion_groups
    groups = find_opinion_groups(read_answers("answers.csv").votes())
"""

__version__ = "0.1.0"
