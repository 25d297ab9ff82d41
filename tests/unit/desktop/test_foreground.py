from remotehelp.desktop.foreground import Front


def test_two_tellings_of_the_same_are_equal_and_another_title_is_another() -> None:
    assert Front(7, "Mail", ("mail",)) == Front(7, "Mail", ("mail",))
    assert Front(7, "Mail") != Front(7, "PayPal")
    assert Front(7, "Mail").programs == ()
