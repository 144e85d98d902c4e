"""The log in sentences: what each act is called, and in which kind it stands."""

from __future__ import annotations

from typing import Any

from coproduce.conversations.stated import LABELS

LOOKING, TOGETHER, IDEAS, DOCUMENT, DOING, RUNNING, SAFETY, TAKING_PART = (
    "looking",
    "together",
    "ideas",
    "document",
    "doing",
    "running",
    "safety",
    "taking_part",
)
KINDS = {
    LOOKING: "Looking at new words",
    TOGETHER: "Putting together and taking apart",
    IDEAS: "Ideas",
    DOCUMENT: "The document",
    DOING: "Decisions, actions, replies",
    RUNNING: "Running the conversation",
    TAKING_PART: "People who take part",
    SAFETY: "Someone’s safety",
}

# {words}: the statement that the act is about. {other}: a second one. Others come from details.
SENTENCES: dict[str, tuple[str, str]] = {
    "look_at": (LOOKING, "looked at {words}: {outcome}"),
    "undo_look": (LOOKING, "took back a look at {words}"),
    "mask": (LOOKING, "hid parts of {words} from others"),
    "lift_mask": (LOOKING, "showed hidden parts of {words} again"),
    "merge_statements": (TOGETHER, "put {other} together with {words}"),
    "undo_merge": (TOGETHER, "took {other} apart from {words}"),
    "take_apart": (TOGETHER, "took {words} out of those it was put together with"),
    "undo_cut": (TOGETHER, "put {words} back together with the others"),
    "list_statement": (TOGETHER, "chose {words} to be listed"),
    "keep_apart": (TOGETHER, "said that {words} and {other} are different"),
    "ask_again": (TOGETHER, "said that {words} and {other} may be looked at again"),
    "link_as_same": (TAKING_PART, "said that {other} says the same as {words}"),
    "unlink_as_same": (TAKING_PART, "took back that their words say the same as {words}"),
    "withdraw_words": (TAKING_PART, "took back {words}"),
    "withdraw_everything": (TAKING_PART, "took back everything"),
    "put_codes_together": (TAKING_PART, "joined two private codes of theirs"),
    "make_idea": (IDEAS, "made the idea “{name}”"),
    "name_idea": (IDEAS, "changed the name or the summary of “{name_before}” to “{name}”"),
    "summarise_idea": (IDEAS, "wrote the summary of {idea_named}"),
    "move_idea": (IDEAS, "moved the idea “{name}”"),
    "move_in_idea": (IDEAS, "moved {words} {way} in {idea_named}"),
    "split_idea": (IDEAS, "split “{new_name}” from the idea “{name}”"),
    "join_ideas": (IDEAS, "joined the idea “{absorbed_name}” with “{name}”"),
    "retire_idea": (IDEAS, "took the idea “{name}” away"),
    "bring_back_idea": (IDEAS, "brought the idea “{name}” back"),
    "undo_shape": (IDEAS, "undid a change to the idea “{name}”"),
    "place_in": (IDEAS, "put {words} in {idea_named}"),
    "remove_from": (IDEAS, "took {words} out of {idea_named}"),
    "put_back": (IDEAS, "put {words} back where it stood"),
    "set_room_marks": (IDEAS, "wrote down room marks: {count}"),
    "tag_statements": (IDEAS, "noted of {words}: {noted}"),
    "lift_tags": (IDEAS, "took back a note on {words}: {noted}"),
    "tag_idea": (IDEAS, "noted of {count} statements in {idea_named}: {noted}"),
    "lift_idea_tags": (IDEAS, "took back a note on {count} statements in {idea_named}: {noted}"),
    "word_together": (DOCUMENT, "wrote a combined wording in {idea_named}"),
    "end_wording": (DOCUMENT, "took a combined wording out of {idea_named}"),
    "keep_wording": (DOCUMENT, "looked again at a combined wording in {idea_named}: it stands"),
    "review_again": (DOCUMENT, "put a combined wording in {idea_named} back to look at again"),
    "undo_wording": (DOCUMENT, "undid a change to a combined wording in {idea_named}"),
    "edit_draft": (DOCUMENT, "wrote in the draft"),
    "raise_question": (DOCUMENT, "wrote down a question that people raised"),
    "retire_raised_question": (DOCUMENT, "took a raised question out"),
    "dispute_reworded": (DOCUMENT, "worded a disputed line in {idea_named} again"),
    "dispute_split": (DOCUMENT, "split a disputed wording in {idea_named}"),
    "dispute_stands": (DOCUMENT, "let a disputed wording in {idea_named} stand, dispute shown"),
    "publish": (DOCUMENT, "published {about}"),
    "decide": (DOING, "wrote down the decision {about}: {to}"),
    "correct_decision": (DOING, "corrected the decision {earlier}: it is now {about}"),
    "move_decision": (DOING, "said where the decision {about} stands: {to}"),
    "add_action": (DOING, "wrote down the action {about}"),
    "move_action": (DOING, "wrote about the action {about}: {to}"),
    "correct_action": (DOING, "corrected the action {about}"),
    "check_action": (DOING, "said how the action {about} stands: {to}"),
    "reply": (DOING, "wrote the reply {about}"),
    "correct_reply": (DOING, "corrected the reply {earlier}: it is now {about}"),
    "answer_questions": (DOING, "answered questions that people asked: {count}, in {about}"),
    "correct_answer": (DOING, "corrected the answer {earlier}: it is now {about}"),
    "send_letter": (DOING, "had the letter “{about}” sent to {count} addresses"),
    "send_letter_again": (DOING, "had the letter “{about}” tried again for {count} addresses"),
    "still_stands": (DOING, "looked again at {about}: it still stands"),
    "make_conversation": (RUNNING, "made this conversation"),
    "open_conversation": (RUNNING, "opened the conversation"),
    "change_phases": (RUNNING, "changed the phases"),
    "state": (RUNNING, "changed what the conversation states{fields}"),
    "delete_as_stated": (RUNNING, "deleted what was kept about people, as stated for {about}"),
    "turn_first_key": (RUNNING, "turned the first key: {about}"),
    "turn_only_key": (RUNNING, "turned the one key, since one partner runs it alone: {about}"),
    "turn_second_key": (RUNNING, "turned the second key: {about}"),
    "take_back_key": (RUNNING, "took a key back: {about}"),
    "invite_member": (RUNNING, "invited {about} to the team"),
    "invite_again": (RUNNING, "made a new way in for {about}"),
    "change_member": (RUNNING, "changed the roles of {about}"),
    "leave_team": (RUNNING, "ended the place of {about} in the team"),
    "make_join_slips": (RUNNING, "made join slips"),
    "type_in_slip": (RUNNING, "typed in a slip from paper"),
    "import_statements": (RUNNING, "brought in statements from a file"),
    "import_polis": (RUNNING, "brought in a Polis export"),
    "export_polis": (RUNNING, "took a copy in the format of Polis"),
    "make_annual_report": (RUNNING, "began a yearly report on the Local Offer"),
    "edit_annual_report": (RUNNING, "changed a yearly report on the Local Offer"),
    "finish_annual_report": (RUNNING, "finished a yearly report on the Local Offer"),
    "leave_out_of_report": (RUNNING, "left {words} out of a yearly report"),
    "take_into_report": (RUNNING, "took {words} into a yearly report again"),
    "backup_made": (RUNNING, "made an exact backup"),
    "backup_restored": (RUNNING, "restored an exact backup"),
    "load_benchmarks": (RUNNING, "loaded benchmarks from {about}: {count}"),
    "retire_benchmarks": (RUNNING, "took the benchmarks of {about} out of use"),
    "add_to_map": (RUNNING, "put “{about}” on the embedding map"),
    "take_off_map": (RUNNING, "took “{about}” off the embedding map"),
    "change_map": (RUNNING, "changed who was involved in “{about}”"),
    "load_map": (RUNNING, "loaded the embedding map from {about}: {count} lines"),
    "make_theme": (RUNNING, "made the theme “{about}” of the area"),
    "put_in_theme": (RUNNING, "put an idea under the theme “{about}” of the area"),
    "take_out_of_theme": (RUNNING, "took an idea out of the theme “{about}” of the area"),
    "retire_theme": (RUNNING, "took the theme “{about}” of the area away"),
    "keep_ideas_apart": (RUNNING, "said that two ideas of the area are not about the same"),
    "set_apart": (SAFETY, "set {about} apart, worried about someone’s safety"),
    "concern_read": (SAFETY, "opened the words of {about}"),
    "concern_referred": (SAFETY, "passed {about} on"),
    "concern_noted": (SAFETY, "wrote a note about {about}"),
    "concern_returned": (SAFETY, "sent {about} back to be looked at"),
    "concern_ended": (SAFETY, "ended the concern about {about}"),
}

# Acts that `undoing` knows how to undo.
CAN_BE_UNDONE = frozenset(
    {
        "ask_again",
        "bring_back_idea",
        "end_wording",
        "join_ideas",
        "keep_apart",
        "keep_wording",
        "lift_idea_tags",
        "lift_mask",
        "lift_tags",
        "link_as_same",
        "list_statement",
        "look_at",
        "make_idea",
        "mask",
        "merge_statements",
        "move_idea",
        "move_in_idea",
        "name_idea",
        "place_in",
        "remove_from",
        "retire_idea",
        "set_room_marks",
        "split_idea",
        "summarise_idea",
        "tag_idea",
        "tag_statements",
        "take_apart",
        "undo_look",
        "undo_merge",
        "word_together",
    }
)

_OUTCOMES = {"shown": "show", "held": "hold", "not_shown": "do not show"}


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "one"


def _stated(fields: object) -> str:
    labels = [LABELS[one] for one in fields if one in LABELS] if isinstance(fields, list) else []
    return f": {', '.join(one[0].lower() + one[1:] for one in labels)}" if labels else ""


def acts_of(kind: str) -> list[str]:
    return [act for act, (of, _) in SENTENCES.items() if of == kind]


def kind_of(act: str) -> str:
    return SENTENCES.get(act, (RUNNING, ""))[0]


def sentence(
    act: str, about: str, details: dict[str, Any], words: dict[str, str], ideas: dict[int, str]
) -> str:
    """What somebody did, without who. `words`: texts by reference that may be read now."""

    def quoted(ref: object) -> str:
        text = words.get(str(ref), "")
        return f"“{text}” ({ref})" if text else str(ref)

    known = _Known({key: value for key, value in details.items() if isinstance(value, str | int)})
    other = details.get("absorbed") or details.get("other") or ""
    key = details.get("idea") or (about.removeprefix("idea ") if about.startswith("idea ") else "")
    name = ideas.get(int(key)) if str(key).isdecimal() else None
    known |= {
        "about": about,
        "words": quoted(about),
        "other": quoted(other) if other else "another one",
        "outcome": _OUTCOMES.get(str(details.get("outcome")), "looked at"),
        "fields": _stated(details.get("fields")),
        "idea_named": f"the idea “{name}”" if name else "an idea",
    }
    template = SENTENCES.get(act, (RUNNING, act.replace("_", " ")))[1]
    return template.format_map(known)
