from remotehelp.desktop.in_sight import AGAIN_S, REST_S


def test_what_is_covered_is_back_within_half_a_second() -> None:
    assert REST_S < AGAIN_S <= 0.5
