import pytest

from remotehelp.desktop.guard import ANSWER, END, News


def test_what_the_guardian_tells_comes_through_its_line_as_a_word():
    assert [News(str(news)) for news in News] == list(News)


def test_what_our_program_says_is_neither_news_nor_a_process_id():
    for said in (ANSWER, END):
        with pytest.raises(ValueError, match=said):
            News(said)
        assert not said.isdigit()
