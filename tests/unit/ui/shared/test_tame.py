from __future__ import annotations

from ui.shared import tame


def test_what_people_are_called_stays_as_it_is() -> None:
    assert tame.name("Technician A") == "Technician A"
    assert (
        tame.flat("http://192.0.2.10:8443/a/long/path/to/somewhere")
        == "http://192.0.2.10:8443/a/long/path/to/somewhere"
    )


def test_line_breaks_become_spaces_and_too_much_is_cut() -> None:
    assert tame.flat("a\n\n\tb\u2028c") == "a b c"
    for hostile in ("\n" * 4_000 + "end", "W" * 4_000, "W " * 4_000, "\u202eabc " * 1_000):
        assert len(tame.flat(hostile)) <= tame.LIMIT
        assert "\n" not in tame.flat(hostile)
    assert tame.flat("W" * 4_000).endswith("…")
    assert tame.flat("W" * tame.LIMIT) == "W" * tame.LIMIT


def test_a_word_without_end_can_be_broken_and_still_reads_the_same() -> None:
    broken = tame.name("W" * 100)
    assert broken != "W" * 100
    assert broken.replace("\u200b", "") == "W" * 100


def test_a_tip_is_bounded_wraps_and_is_never_markup() -> None:
    assert tame.tip("") == ""
    assert tame.tip("<b>bold</b>\n\nnext") == "<qt>&lt;b&gt;bold&lt;/b&gt; next</qt>"
    assert len(tame.tip("short\n" * 1999)) <= tame.TIP_LIMIT + len("<qt></qt>")
    assert "\u200b" in tame.tip("W" * 4000)
