"""What the record is read to say of outcomes, worked by hand on three blocs and three meetings."""

from factions.statements.recorded import Record


def claim(predicate, **fields):
    return {"predicate": predicate, **fields}


def told(struggle, claims, *names):
    record = Record(struggle(*claims))
    return [found.words if (found := record.of(name)) is not None else None for name in names]


def test_a_seat_that_is_lost_is_dated_and_stays_lost(struggle):
    claims = [
        claim("standing", leaders=("left_1",), at_least="politburo", at="first"),
        claim("standing", leaders=("left_1",), at_most="party_member", at="second"),
    ]
    seat, party = "politburo:left_1", "party:left_1"
    assert told(struggle, claims, f"{seat}@first", f"{seat}@second", seat) == ["yes", *["no, since January 1925"] * 2]
    assert told(struggle, claims, f"{party}@first", party, "politburo:left_2") == ["yes", "yes", None]


def test_who_is_readmitted_is_in_the_party_again(struggle):
    claims = [
        claim("standing", leaders=("left_1",), at_most="expelled", at="first"),
        claim("readmitted", leaders=("left_1",), at="third"),
    ]
    names = "party:left_1@second", "party:left_1", "capitulated:left_1", "capitulated:left_1@second"
    assert told(struggle, claims, *names) == [
        "no, since January 1924",
        "yes, since July 1926",
        "yes, since July 1926",
        "by July 1926",
    ]


def test_deportation_is_not_exile(struggle):
    claims = [
        claim("standing", leaders=("left_1",), at_most="exiled", at="first"),
        claim("standing", leaders=("left_1",), at_least="exiled", at="second"),
        claim("standing", leaders=("left_1",), at_most="deported", at="third"),
    ]
    names = "deported:left_1@first", "deported:left_1@second", "deported:left_1"
    assert told(struggle, claims, *names) == [None, "no", "yes, since July 1926"]


def test_of_some_of_several_nothing_is_said_of_one(struggle):
    some = claim("standing", leaders=("left_1", "left_2"), share=(0.5, 1.0), at_most="expelled", at="second")
    assert told(struggle, [some], "party:left_1", "expulsions", "expulsions@first") == [None, "at least 1", None]


def test_the_least_number_expelled_counts_nobody_twice(struggle):
    claims = [
        claim("standing", leaders=("left_1",), at_most="expelled", at="second"),
        claim("standing", leaders=("left_1", "left_2"), share=(0.5, 1.0), at_most="exiled", at="second"),
        claim("standing", leaders=("right_1", "right_2"), at_most="deported", at="third"),
    ]
    assert told(struggle, claims, "expulsions@second", "expulsions") == ["at least 1", "at least 3"]


def test_where_a_bloc_stands_may_change_again_so_that_an_earlier_word_is_dated(struggle):
    claims = [
        claim("ruling", blocs=("left",), at="first"),
        claim("outside", blocs=("left",), at="second"),
        claim("open", blocs=("centre",), at="first"),
    ]
    names = "ruling:left@first", "ruling:left@second", "ruling:left", "ruling:centre@first"
    assert told(struggle, claims, *names) == [
        "yes",
        "no, since January 1925",
        "no in January 1925; not said later",
        "no",
    ]
    assert told(struggle, claims, "open:centre@first", "open:centre") == ["yes", "yes in January 1924; not said later"]


def test_between_two_words_of_the_record_both_are_given(struggle):
    rules = [claim("ruling", blocs=("left",), at="first"), claim("outside", blocs=("left",), at="third")]
    words = "yes in January 1924; no in July 1926"
    assert told(struggle, rules, "ruling:left@second", "ruling:right@second") == [words, None]
    speaks = [claim("open", blocs=("left",), at=at) for at in ("first", "third")]
    assert told(struggle, speaks, "open:left@second") == ["yes in January 1924; yes in July 1926"]
    out = claim("open", blocs=("left",), between=("first", "second"), when="sometime")
    dated = [out, claim("outside", blocs=("left",), at="second")]  # the surer of two words of one day
    assert told(struggle, dated, "ruling:left") == ["no in January 1925; not said later"]
    assert told(struggle, rules[1:], "ruling:left@second") == [None]  # nothing before


def test_what_contradicts_itself_says_nothing(struggle):
    claims = [claim(predicate, blocs=("left", "centre"), at="second") for predicate in ("allied", "apart")]
    before = claim("allied", blocs=("left", "centre"), at="first")
    assert told(struggle, [before, *claims], "allied:left+centre@second") == [None]


def test_who_stands_apart_from_an_ally_of_another_stands_apart_from_him(struggle):
    claims = [
        claim("allied", blocs=("left", "centre"), between=("first", "third"), when="throughout"),
        claim("allied", blocs=("left", "right"), at="first"),
        claim("apart", blocs=("right", "centre"), at="third"),
    ]
    names = "allied:centre+right@first", "allied:left+right", "break:left+right", "break:centre+right"
    assert told(struggle, claims, *names) == [
        "yes, since January 1924",
        "no, since July 1926",
        "by July 1926",
        "by July 1926",
    ]
    assert told(struggle, claims, "allied:left+centre") == ["yes, since January 1924"]


def test_what_happens_some_time_is_said_of_that_time_alone(struggle):
    claims = [claim("open", blocs=("left",), between=("first", "second"), when="sometime")]
    words = "yes, some time in January 1924 to January 1925"
    assert told(struggle, claims, "open:left@first", "open:left@second", "open:left") == [
        words,
        words,
        f"{words}; not said later",
    ]


def test_who_rules_is_allied_and_who_is_outside_is_not(struggle):
    claims = [claim("ruling", blocs=("left", "centre"), at="first"), claim("outside", blocs=("centre",), at="second")]
    claims.append(claim("ruling", blocs=("left",), at="second"))
    names = "allied:left+centre@first", "allied:left+centre@second", "allied:left+centre", "break:left+centre"
    assert told(struggle, claims, *names) == [
        "yes, since January 1924",
        "no, since January 1925",
        "no in January 1925; not said later",
        "by January 1925",
    ]
    apart = [claim("apart", blocs=("left", "right"), at="third")]
    assert told(struggle, apart, "break:left+right", "break:left+centre") == ["by July 1926", None]


def test_an_office_has_one_holder(struggle):
    claims = [
        claim("holds", leaders=("left_1",), office="army", between=("first", "second"), when="throughout"),
        claim("lost", leaders=("left_1",), office="army", at="third"),
    ]
    names = "holds:left_1+army@second", "holds:left_1+army", "holds:left_2+army@second", "holds:left_1+press"
    assert told(struggle, claims, *names) == ["yes, since January 1924", "no, since July 1926", "no", None]


def test_events_are_dated_and_claims_are_as_they_say(struggle):
    claims = [claim("quiet", blocs=("left",), at="first")]
    names = "happened:harvest", "happened:harvest@first", "claim:claim_0", "alliances", "influence:left"
    assert told(struggle, claims, *names) == ["yes, in June 1924", "no", "yes", None, None]
    assert told(struggle, [], "happened:harvest") == [None]


def test_a_claim_about_most_of_several_men_ends_what_was_sure_of_one(struggle):
    claims = [
        claim("standing", leaders=("left_1",), at_least="central_committee", at="first"),
        claim("standing", leaders=("left_1", "left_2"), at_most="expelled", share=(0.5, 1.0), at="second"),
    ]
    assert told(struggle, claims, "party:left_1@first", "party:left_1@second", "party:left_1") == ["yes", None, None]
    back = [*claims, claim("readmitted", leaders=("left_1",), at="third")]
    assert told(struggle, back, "party:left_1@second", "party:left_1") == [
        "yes in January 1924; expelled, and back by July 1926",
        "yes",
    ]


def test_what_most_of_several_men_lost_puts_in_no_doubt_what_one_of_them_had_lost_before(struggle):
    claims = [
        claim("standing", leaders=("left_1",), at_most="central_committee", at="first"),
        claim("standing", leaders=("left_1", "left_2"), at_most="expelled", share=(0.5, 1.0), at="second"),
    ]
    assert told(struggle, claims, "politburo:left_1") == told(struggle, claims[:1], "politburo:left_1")
    assert told(struggle, claims, "politburo:left_1")[0].startswith("no")
