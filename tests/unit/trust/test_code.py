import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import TrustError
from remotehelp.trust.code import REST_S, Code, Failures, UsedCodes, new_secret, parse_code

CODE = Code("4711", "482913")


def key_of(action, *arguments):
    with pytest.raises(TrustError) as caught:
        action(*arguments)
    return caught.value.key


@pytest.mark.parametrize(
    "typed",
    [
        "4711-482-913",
        "4711482913",
        " 4711 482 913 ",
        "4711\u2013482\u2014913",  # dashes
        "4711\u2212482\u2011913",  # minus, hyphen that does not break
        "47 11.48 29 13",
        "\uff14\uff17\uff11\uff11\uff0d\uff14\uff18\uff12\uff0d\uff19\uff11\uff13",  # full width
        "4711\u00a0482\u3000913\n",
        "\u200b4711-482-913",
        "\u0664\u0667\u0661\u0661-\u0664\u0668\u0662-\u0669\u0661\u0663",  # Arabic digits
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed):
    assert parse_code(typed) == CODE


def test_a_nameplate_has_four_or_five_digits():
    assert parse_code("47112-482-913") == Code("47112", "482913")
    assert str(Code("47112", "482913")) == "47112-482-913"
    assert str(CODE) == "4711-482-913"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "code_empty"),
        (" - ", "code_empty"),
        ("4711", "code_half"),
        ("4711-482", "code_half"),
        ("471-482-913", "code_half"),
        ("471123-482-913", "code_too_long"),
        ("4711-482-91O", "code_not_digits"),
        ("4711/482/913", "code_not_digits"),
        ("+4711482913", "code_not_digits"),
        ("hello", "code_not_digits"),
        ("\u4e94711482913", "code_not_digits"),
    ],
)
def test_what_is_no_code_is_told_apart(typed, key):
    assert key_of(parse_code, typed) == key


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_refused(text):
    try:
        code = parse_code(text)
    except TrustError:
        return
    assert parse_code(str(code)) == code


@given(st.from_regex(r"[0-9]{10,11}", fullmatch=True))
def test_every_code_is_read_as_it_is_shown(digits):
    code = parse_code(digits)
    assert parse_code(str(code)) == code
    assert code.nameplate + code.secret == digits


def test_a_secret_has_six_digits_with_its_zeros():
    asked = []
    assert new_secret(lambda bound: asked.append(bound) or 42) == "000042"
    assert asked == [1_000_000]
    assert new_secret(lambda bound: bound - 1) == "999999"
    assert len({new_secret() for _ in range(100)}) > 90


def test_the_secret_is_not_shown_by_accident():
    assert "482913" not in repr(CODE)


def test_the_technician_uses_a_code_once():
    codes = UsedCodes()
    codes.use(CODE, 100)
    assert key_of(codes.use, CODE, 100) == "code_already_used"
    codes.use(Code("4711", "482914"), 100)


def test_digits_that_failed_rest_for_ten_minutes():
    codes = UsedCodes()
    codes.use(CODE, 0)
    codes.failed(CODE, 40)
    assert key_of(codes.use, CODE, 40 + REST_S - 1) == "code_already_used"
    codes.use(CODE, 40 + REST_S)


def test_three_failures_in_a_row_stop_the_customers_side_for_ten_minutes():
    failures = Failures()
    for now in (0, 10):
        failures.failed(now)
        failures.check(now)
    failures.failed(20)
    with pytest.raises(TrustError) as caught:
        failures.check(20)
    assert (caught.value.key, caught.value.values) == ("too_many_failures", {"minutes": 10})
    with pytest.raises(TrustError) as caught:
        failures.check(20 + REST_S - 1)
    assert caught.value.values == {"minutes": 1}
    failures.check(20 + REST_S)
    failures.failed(700)
    failures.check(700)  # the row begins anew


def test_a_code_that_held_breaks_the_row():
    failures = Failures()
    for _ in range(2):
        failures.failed(0)
        failures.failed(0)
        failures.worked()
    failures.failed(0)
    failures.check(0)
