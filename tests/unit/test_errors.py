from remotehelp import errors
from remotehelp.errors import HelpError


def test_an_error_carries_its_key_and_values_and_no_sentence():
    error = errors.ConfigError("folder_not_writable", folder="/somewhere")
    assert (error.key, error.values) == ("folder_not_writable", {"folder": "/somewhere"})
    assert str(error) == "folder_not_writable {'folder': '/somewhere'}"
    assert str(errors.TrustError("code_wrong")) == "code_wrong"


def test_every_error_is_a_help_error_so_that_nothing_escapes_the_sentences():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    assert len(kinds) >= 10
    assert all(issubclass(kind, HelpError) for kind in kinds)


def test_our_bug_and_the_peers_misbehaviour_are_never_confused():
    assert not issubclass(errors.LocalProtocolError, errors.RemoteProtocolError)
    assert not issubclass(errors.RemoteProtocolError, errors.LocalProtocolError)


def test_a_revoked_grant_and_a_closed_gate_are_questions_of_consent():
    assert issubclass(errors.StaleEpoch, errors.ConsentError)
    assert issubclass(errors.GateClosed, errors.ConsentError)
