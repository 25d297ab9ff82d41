"""Private windows are found by what they call themselves; honest ones hardly ever are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.customer.brake import ENDINGS, HOSTS, PROGRAMS, WORDS, Rules
from remotehelp.desktop.foreground import TITLE, Front


def word_of(title: str, *programs: str, added: tuple[str, ...] = ()) -> str:
    """The first one; empty if there is none."""
    return next((sign.word for sign in Rules(added).signs_of(Front(7, title, programs))), "")


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("PayPal: Log in – Mozilla Firefox", "paypal"),
        ("Online-Banking | Volksbank Musterstadt eG", "online banking"),
        ("Anmelden - Stadtsparkasse Musterstadt — Firefox", "stadtsparkasse"),
        ("Kreissparkasse", "kreissparkasse"),
        ("Your bank account: confirm", "your bank account"),
        ("Wells Fargo - Sign On", "wells fargo"),
        ("MetaMask Notification", "metamask"),
        ("Buy gift cards | Example Shop", "gift cards"),
        ("GESCHENKKARTEN kaufen", "geschenkkarten"),
        ("ＰａｙＰａｌ", "paypal"),
        ("DKB – Meine Bank", "dkb"),
        ("https://www.paypal.com/signin", "paypal"),
        ("accounts.wise.com - Chromium", "wise.com"),
        ("ing.de/login", "ing.de"),
        ("SEPA-Überweisung anlegen", "sepa überweisung"),
        ("paypal.com.example.org", "paypal"),  # looks like it, and is meant to
    ],
)
def test_banks_wallets_and_gift_cards_are_private(title: str, word: str) -> None:
    assert word_of(title) == word


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Document1 - LibreOffice Writer",
        "Datenbank-Entwurf.odb - LibreOffice Base",
        "Power bank 20000 mAh - Example Shop",
        "Sitzbank für den Garten kaufen",
        "River bank - Wikipedia",
        "Food bank opening hours",
        "Inbox (3) - somebody@example.org - Thunderbird",
        "Zellen formatieren",
        "Zelle (Biologie) – Wikipedia",
        "Überweisung zum Facharzt - Arztpraxis",
        "Santander (Spanien) – Wikipedia",
        "Starlings in winter",
        "Chase the rabbit - YouTube",
        "Printers - localhost",
        "system-config-printer",
        "RemoteHelp: your visit",
        "notpaypal.community",
        "wiser.company",
        "Repaypaling",
        "Gift ideas for Christmas",
        "Code einlösen",
        "Mein Konto - Bücherei",
        "wise.communication",
        "Wallets and bags - Example Shop",
        "Revolution - Wikipedia",
        "dkba.org",
    ],
)
def test_honest_titles_are_not(title: str) -> None:
    assert word_of(title) == ""


def test_no_window_of_ours_is_private() -> None:
    for text in (
        "Private window",
        "Before they control",
        "Still needed?",
        "Request",
        "Report",
        "RemoteHelp: your visit",
    ):
        assert word_of(text) == ""


def test_a_wallet_is_known_by_its_program() -> None:
    assert word_of("default_wallet", "electrum", "Electrum") == "electrum"
    assert word_of("default", "electrumx", "Terminal") == ""


def test_all_signs_are_found_and_the_organisations_come_last() -> None:
    title = "Sparkasse | Online-Banking: PayPal (chase.com) – Mozilla Firefox"
    signs = Rules(("mozilla firefox", "payroll")).signs_of(Front(7, title, ("Electrum",)))
    ours = ("online banking", "paypal", "sparkasse", "chase.com", "electrum")
    assert [(sign.word, sign.added) for sign in signs] == [*((word, False) for word in ours), ("mozilla firefox", True)]


def same(one: str, other: str, added: tuple[str, ...] = ()) -> bool:
    """Whether who called the first title fine is not asked about the second one."""
    before, after = (set(Rules(added).signs_of(Front(7, title))) for title in (one, other))
    return after <= before


@pytest.mark.parametrize(
    ("harmless", "bank"),
    [
        ("What is online banking? – Help page", "Commerzbank Online-Banking"),
        ("What is online banking? – Help page", "Example Bank Online-Banking"),
        ("Online-Banking – Wikipedia", "Online-Banking – Example Bank"),
        ("Onlinebanking | Wikipedia", "Onlinebanking | Example Bank"),
        ("PayPal – News", "PayPal – Example Bank Online-Banking"),
        ("What is PayPal? – Help page", "PayPal: Log in"),
        ("Sparkasse Musterstadt", "Sparkasse Neustadt"),
    ],
)
def test_one_bank_stands_for_no_other(harmless: str, bank: str) -> None:
    assert not same(harmless, bank)
    assert not same(f"{harmless} – Mozilla Firefox", f"{bank} – Mozilla Firefox")


@pytest.mark.parametrize(
    ("page", "another"),
    [
        ("Overview – Commerzbank – Mozilla Firefox", "Transfers – Commerzbank – Mozilla Firefox"),
        ("Commerzbank Online-Banking | Accounts", "Commerzbank Online-Banking | Cards"),
        ("Online-Banking (4:59)", "(2) Online-Banking (4:58)"),
        ("PayPal: Log in", "PayPal: Summary"),
    ],
)
def test_pages_of_the_same_bank_are_called_fine_once(page: str, another: str) -> None:
    assert same(page, another)


def test_the_organisations_words_ask_once_for_a_window_however_often_its_title_changes() -> None:
    assert same("Mail – Mozilla Firefox", "News – Mozilla Firefox", added=("mozilla firefox",))
    assert not same("Mail – Mozilla Firefox", "Sparkasse – Mozilla Firefox", added=("mozilla firefox",))


def test_an_organisation_adds_words_and_takes_none_away() -> None:
    assert word_of("Payroll 2026", added=("payroll", "our till")) == "payroll"
    assert word_of("OUR-TILL", added=("payroll", "our till")) == "our till"
    assert word_of("PayPal", added=("payroll",)) == "paypal"
    assert word_of("Payrolls", added=("payroll",)) == ""


@given(st.text(min_size=3, max_size=32), st.text(max_size=60))
def test_an_added_word_is_a_word_whatever_signs_it_is_made_of(word: str, title: str) -> None:
    found = word_of(f"{title} {word} {title}", added=(word,))
    silent = not any(sign.isalnum() for sign in word)
    assert found or silent or not word_of(word, added=(word,))


@pytest.mark.parametrize("word", ["(a+)+$", ".*", "[", "^x", "(?:)", "\\"])
def test_a_pattern_is_a_plain_word(word: str) -> None:
    assert word_of("a" * TITLE, added=(word,)) == ""
    assert word_of("Mail", added=(word,)) == ""


def test_the_longest_titles_against_all_words_take_no_time() -> None:
    began = time.process_time()
    for title in ("a." * (TITLE // 2), "\u0130" * TITLE, "sparkass " * (TITLE // 9), "." * TITLE):
        word_of(title, added=("x" * 32,) * 16)
    assert time.process_time() - began < 1.0  # a pattern that runs away takes for ever


def test_every_word_of_the_list_can_be_found_and_stands_there_once() -> None:
    for word in WORDS:
        assert word_of(f"– {word.upper()}!") != "", word
        assert word_of(f"x{word}x") == "", word
    for host in HOSTS:
        assert word_of(f"https://www.{host}/") != "", host
    for program in PROGRAMS:
        assert word_of("", program) == program
    for words in (WORDS, ENDINGS, HOSTS, PROGRAMS):
        assert len(set(words)) == len(words)
        assert all(word == word.casefold() for word in words)
