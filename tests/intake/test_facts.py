import pytest
from test_blocks import LEAD, SECOND, THIRD  # type: ignore[import-not-found]

from sayso.intake import article_of
from sayso.intake.dates import day_in, day_near, stamp_in


def read(text, **given):
    return article_of(text.encode(), "x", kind="text", given=given)[0]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2031-05-04", "2031-05-04"),
        ("4 May 2031", "2031-05-04"),
        ("12:40 - 4 May 2031", "2031-05-04"),
        ("09:33, May 4, 2031", "2031-05-04"),
        ("Friday, May 4, 2031", "2031-05-04"),
        ("Last Updated Jul 4, 2031 1:45 AM EDT", "2031-07-04"),
        ("17:41 JST, October 13, 2031", "2031-10-13"),
        ("25/12/2031", "2031-12-25"),
        ("04.05.2031", "2031-05-04"),
        ("04/05/2031", None),
        ("May 4", None),
        ("31 February 2031", None),
        ("Norvik, 2031", None),
    ],
)
def test_days_as_printed(words, day):
    assert day_in(words) == day


def test_a_stamp_keeps_its_zone():
    assert stamp_in("2031-05-04T23:30:00.000+02:00") == "2031-05-04T23:30:00+02:00"


@pytest.mark.parametrize(
    ("words", "anchor", "day"),
    [
        ("January 24", "2031-01-24", "2031-01-24"),
        ("Dec. 31", "2032-01-01", "2031-12-31"),
        ("1 January", "2031-12-31", "2032-01-01"),
        ("May 4", None, None),
        ("February 29", "2031-03-01", None),
    ],
)
def test_a_day_without_year_takes_the_nearest(words, anchor, day):
    assert day_near(words, anchor) == day


def test_a_wire_report():
    article = read(f" date 2031-05-04 NORVIK, May 4. /TASS/. {LEAD}\n\n{SECOND}\n")
    assert (article.dateline.place, article.dateline.date) == ("NORVIK", "2031-05-04")
    assert (article.agency, article.outlet) == ("TASS", None)
    assert (article.published, article.published_basis) == ("2031-05-04", "line")


def test_an_undated_text_has_no_day():
    article = read(f"{LEAD.replace('Monday', '4 May 2031')}\n\n{SECOND}\n")
    assert article.published is None
    assert article.published_candidates == ()


def test_a_given_day_wins_and_is_part_of_the_id():
    text = f"Published: 09:33, May 4, 2031\n\n{LEAD}\n\n{SECOND}\n"
    found, given = read(text), read(text, published="2031-05-05")
    assert (given.published, given.published_basis) == ("2031-05-05", "given")
    assert given.published_candidates == found.published_candidates != ()
    assert found.id != given.id
    assert found.id == read(text, outlet="Norland News").id


def test_a_day_after_the_fetching_is_a_misprint():
    text = f"Published: June 1, 2031\n\n{LEAD}\n\n{SECOND}\n"
    assert read(text, fetched="2031-01-06").published is None
    assert read(text, fetched="2031-05-31").published == "2031-06-01"


def test_a_photo_credit_is_no_agency():
    caption = "Minister Jane Alpha waves in Norvik, May 4, 2031. (PHOTO / AP)"
    assert read(f"Norland rules out sea talks\n\n{caption}\n\n{LEAD}\n\n{SECOND}\n").agency is None


@pytest.mark.parametrize(
    ("line", "agency", "author"),
    [
        ("By Xinhua", "Xinhua", None),
        ("By Jane Alpha and John Beta Reuters", "Reuters", "Jane Alpha and John Beta"),
        ("By Associated Press May 4 at 1:01 PM", "Associated Press", None),
        ("By Jane Alpha", None, "Jane Alpha"),
        ("Jane Alpha, John Beta", None, "Jane Alpha, John Beta"),
        ("TASS", "TASS", None),
        ("By Xinhua | China Daily | Updated: 2031-05-04 09:33", "Xinhua", None),
    ],
)
def test_bylines(line, agency, author):
    article = read(f"Norland rules out sea talks\n{line}\n\n{LEAD}\n\n{SECOND}\n")
    assert (article.agency, article.author) == (agency, author)


@pytest.mark.parametrize(
    ("line", "agency", "author"),
    [
        ("(Reporting by Jane Alpha in Norvik and John Beta; Editing by Ann Gamma)", None, "Jane Alpha and John Beta"),
        ("(Editing by Ann Gamma)", None, None),
        ("© 2031 The Associated Press. All Rights Reserved. This may not be published.", "Associated Press", None),
        ("Alpha reported from Norvik. Associated Press writer John Beta contributed.", "Associated Press", None),
        ("Source: Agencies", None, None),
    ],
)  # fmt: skip
def test_credits_at_the_foot(line, agency, author):
    article = read(f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n{line}\n")
    assert (article.agency, article.author) == (agency, author)
    assert article.blocks[-1].label in ("byline", "furniture", "meta")


def test_the_outlet_at_the_foot():
    assert read(f"{LEAD}\n\n{SECOND}\n\nNorland Herald\n\nin Instagram\n").outlet == "Norland Herald"
    assert read(f"{LEAD}\n\n{SECOND}\n\nSource: Al Jazeera And Agencies\n").outlet == "Al Jazeera"


def test_another_language_is_kept_and_not_read():
    text = "Das Ministerium hat am Montag erklärt, dass die Gespräche nicht vor dem Sommer beginnen werden.\n"
    article = read(text * 3)
    assert article.language == "de"
    assert not article.read
    assert read(text * 3, language="en").read
