import dataclasses

import pytest

from remotehelp.errors import TrustError
from remotehelp.sentences import SENTENCES
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Notice, Said, ShownLog
from remotehelp.visit.story import Story
from tests.helpers.pacts import pacts
from tests.helpers.stories import signed_story


def test_a_notice_tells_an_error_by_its_key_and_values():
    notice = Notice.of(TrustError("too_many_failures", minutes=10))
    assert notice == Notice("too_many_failures", (("minutes", 10),))
    assert "10 minutes" in SENTENCES[notice.key].format(**dict(notice.values))


def test_a_notice_without_values_is_its_key():
    assert Notice.of(TrustError("code_wrong")) == Notice("code_wrong")


@pytest.mark.parametrize("shown", [Notice("code_wrong", (("minutes", 10),)), Said(Side.CUSTOMER, "Hello")], ids=str)
def test_what_is_shown_is_plain_data_that_can_cross_threads(shown):
    hash(shown)
    field = dataclasses.fields(shown)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(shown, field, "else")


@pytest.mark.parametrize(("lines", "upto", "closed"), [(3, 0, False), (4, 3, False), (7, 3, False), (8, 7, True)])
def test_a_log_is_shown_with_how_far_both_signed_it(lines, upto, closed):
    story = Story()
    for written in signed_story(*pacts()).written_after(0)[:lines]:
        story.take(written)
    assert ShownLog.of(story, "file") == ShownLog(story.entries, "file", upto, closed)


def test_a_line_is_none_or_being_made_or_good_or_weak_or_lost():
    assert [line.value for line in Line] == ["none", "connecting", "good", "weak", "lost"]
