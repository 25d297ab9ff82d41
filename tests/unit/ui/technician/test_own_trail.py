from ui.technician.own_trail import MOST, NEAR, TRAIL_S, OwnTrail


def test_without_a_motion_of_ours_no_pointer_is_an_echo() -> None:
    assert not OwnTrail().leads_to((5, 5), 0.0)


def test_where_our_mouse_rests_is_an_echo_for_as_long_as_it_rests() -> None:
    trail = OwnTrail()
    trail.sent((100, 200), 0.0)
    for now in (0.0, TRAIL_S, 1000.0):
        assert trail.leads_to((100, 200), now)
        assert trail.leads_to((100 - NEAR, 200 + NEAR), now)
        assert not trail.leads_to((100 - NEAR - 1, 200), now)
        assert not trail.leads_to((100, 200 + NEAR + 1), now)


def test_what_comes_late_is_an_echo_of_where_our_mouse_was() -> None:
    trail = OwnTrail()
    for n in range(10):
        trail.sent((100 * n, 0), n / 100)
    assert trail.leads_to((300, 0), 0.2)
    assert not trail.leads_to((350, 0), 0.2)


def test_what_comes_too_late_is_hers() -> None:
    trail = OwnTrail()
    trail.sent((0, 0), 0.0)
    trail.sent((500, 0), 0.1)
    assert trail.leads_to((0, 0), TRAIL_S)
    assert not trail.leads_to((0, 0), TRAIL_S + 0.01)
    assert trail.leads_to((500, 0), TRAIL_S + 0.2)


def test_a_forgotten_trail_leads_nowhere() -> None:
    trail = OwnTrail()
    trail.sent((1, 1), 0.0)
    trail.forget()
    assert not trail.leads_to((1, 1), 0.0)


def test_it_does_not_grow() -> None:
    trail = OwnTrail()
    for n in range(3 * MOST):
        trail.sent((n, 0), 0.0)
    assert not trail.leads_to((0, 0), 0.0)
    assert trail.leads_to((3 * MOST - 1, 0), 0.0)
