from remotehelp.desktop.senses import Heard, Senses
from remotehelp.desktop.x11.senses import XSenses


def test_x11_has_all_of_them():
    asked = {name for name in vars(Senses) if not name.startswith("_")}
    assert asked == {"fileno", "hear", "wait", "release_all"}
    assert asked <= set(vars(XSenses))


def test_the_panic_key_is_not_taken_for_her_hand():
    assert Heard.PANIC is not Heard.HER_HAND
