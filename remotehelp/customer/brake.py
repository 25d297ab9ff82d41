"""Which windows are private: those of banks, wallets and shops for gift cards, by what they call themselves. Pure.

Plain words against plain titles, no patterns: a hostile organisation's word can be silly, but never slow. A word has to
stand alone ("PayPal – Log in", never "repaypalette"); signs between words count as spaces ("online-banking"). A host is
found with what stands before it ("www.paypal.com/signin", never "notpaypal.com"). Only words that name money are here,
none that an honest page often has in its title: "bank" alone is a bench, a river's edge and a battery, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from remotehelp.desktop.foreground import Front
from remotehelp.visit.checks import Sign

#: words of the things themselves, in the languages that the program speaks: many banks and shops share them. Not here,
#: because honest titles have them: bank (furniture, a river's edge), Zelle (of a table), Überweisung (to a doctor)
THINGS = (
    # banking: English, German
    *("online banking", "onlinebanking", "internet banking", "netbanking", "mobile banking", "e banking", "ebanking"),
    *("telebanking", "homebanking", "bank login", "your bank account", "wire transfer", "bank transfer"),
    *("bankkonto", "girokonto", "kontoumsätze", "sepa überweisung", "echtzeitüberweisung", "pushtan", "phototan"),
    # gift cards
    *("gift card", "gift cards", "giftcard", "giftcards", "gift voucher", "gift vouchers", "prepaid card"),
    *("geschenkkarte", "geschenkkarten", "gutscheinkarte", "gutscheinkarten", "guthabenkarte", "guthabenkarten"),
    *("paysafecard", "steam wallet", "google play guthaben", "itunes card", "itunes karte"),
    # wallets
    *("crypto wallet", "bitcoin wallet", "seed phrase", "bitcoin atm"),
)

#: names of one bank, wallet or payment each. Not here for the same reason: Starling, Santander (a town)
NAMES = (
    # wallets and exchanges
    *("trust wallet", "ledger live", "metamask", "coinbase", "binance", "bitpanda", "blockchain com", "crypto com"),
    # paying and sending money
    *("paypal", "western union", "moneygram", "remitly", "venmo", "cash app", "klarna", "giropay"),
    # banks by name
    *("wells fargo", "bank of america", "chase online", "citibank", "hsbc", "barclays", "lloyds bank", "natwest"),
    *("santander bank", "nationwide building society", "td bank", "pnc bank", "capital one", "monzo", "revolut"),
    *("starling bank", "deutsche bank", "commerzbank", "postbank", "comdirect", "targobank", "hypovereinsbank"),
    *("ing diba", "n26", "dkb", "norisbank", "consorsbank", "unicredit", "bawag", "erste bank", "easybank"),
    *("postfinance", "mein elba"),
)
WORDS = (*THINGS, *NAMES)

#: what words of banks end with; German writes the town in front ("Stadtsparkasse")
ENDINGS = ("sparkasse", "volksbank", "raiffeisenbank", "kantonalbank", "landesbank", "onlinebanking")

#: hosts that stand in titles where a browser or page shows the address, with all that lies below them
HOSTS = (
    *("paypal.com", "chase.com", "wellsfargo.com", "bankofamerica.com", "citi.com", "hsbc.co.uk", "barclays.co.uk"),
    *("lloydsbank.com", "revolut.com", "monzo.com", "wise.com", "coinbase.com", "binance.com", "kraken.com"),
    *("metamask.io", "blockchain.com", "westernunion.com", "moneygram.com", "deutsche-bank.de", "commerzbank.de"),
    *("sparkasse.de", "postbank.de", "comdirect.de", "dkb.de", "ing.de", "n26.com", "hypovereinsbank.de"),
)

#: programs by what they call themselves, whatever their windows' titles are
PROGRAMS = (
    "electrum",
    "exodus",
    "ledger live",
    "trezor suite",
    "bitcoin-qt",
    "monero-wallet-gui",
    "jameica",
    "starmoney",
)

#: between the parts of a title
_PARTS = re.compile(r" [-\u2013\u2014:] |: |[|\u00b7]")


@dataclass(frozen=True)
class Rules:
    """What makes a window private: all that is in here by itself, and ``added`` words of the organisation."""

    added: tuple[str, ...] = ()

    def signs_of(self, front: Front) -> tuple[Sign, ...]:
        """All words by which this window is private, our own first; none if it is not.

        With a name in the title each word stands for the part that it is in, which a bank's pages have in common;
        without one it stands for the whole title. An organisation's word stands for itself, whatever the title.
        """
        title = _plain(front.title)
        words = (
            *(word for word in WORDS if _stands_in(_plain(word), title)),
            *(word for ending in ENDINGS for word in _named_by(ending, title)),
        )
        named = any(word not in THINGS for word in words)
        itself = (
            *(host for host in HOSTS if _has_host(host, front.title.casefold())),
            *(program for program in PROGRAMS if program in map(str.casefold, front.programs)),
        )
        ours = (Sign(word, around=_around(word, front.title, named)) for word in words)
        added = (Sign(word, added=True) for word in self.added if _stands_in(_plain(word), title))
        return tuple(dict.fromkeys((*ours, *map(Sign, itself), *added)))


def _around(word: str, title: str, named: bool) -> str:
    """The words of the title that ``word`` stands for; without numbers, which count messages and seconds."""
    parts = [part for one in _PARTS.split(title) if _plain(word) in (part := _plain(one))] if named else []
    return " | ".join(_without_numbers(part) for part in parts) or _without_numbers(_plain(title))


def _without_numbers(plain: str) -> str:
    return " ".join(word for word in plain.split() if not word.isdecimal())


def _plain(text: str) -> str:
    """Lower-case words with one space around each: in compatibility form, without what is no letter and no digit."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = (sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in folded)
    return f" {' '.join(''.join(kept).split())} "


def _stands_in(word: str, title: str) -> bool:
    return bool(word.strip()) and word in title


def _named_by(ending: str, title: str) -> Sequence[str]:
    """The words of the title that end so."""
    return [word for word in title.split() if word.endswith(ending)]


def _has_host(host: str, title: str) -> bool:
    return any(name == host or name.endswith(f".{host}") for name in _hosts_in(title))


def _hosts_in(title: str) -> Sequence[str]:
    """What looks like a host: letters, digits, hyphens and points, with what stands around it cut off."""
    return [name.strip(".-") for name in re.findall(r"[a-z0-9.-]+", title) if "." in name]
