"""Key -> the English sentence that a person reads; no Qt here.

``QT_TRANSLATE_NOOP`` does nothing: it marks the text for Qt's ``lupdate``; ``ui/shared/sentences.py`` translates it and
the command line prints it as it stands. A sentence says what happened, that nothing was lost, and what to do next.
Values stand in braces by name: ``{address}``.
"""

from __future__ import annotations

from collections.abc import Mapping

from remotehelp.errors import HelpError


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark ``text`` for translation and return it unchanged."""
    return text


SENTENCES: Mapping[str, str] = {
    # what the peer's program did
    "message_too_long": QT_TRANSLATE_NOOP(
        "sentences", "The other program sent a message that is far too long. For your safety the visit was ended."
    ),
    "message_not_understood": QT_TRANSLATE_NOOP(
        "sentences",
        "The other program sent something that this one does not understand. For your safety the visit was ended.",
    ),
    "picture_refused": QT_TRANSLATE_NOOP(
        "sentences", "The other program sent a picture that can't be right. For your safety the visit was ended."
    ),
    "tile_refused": QT_TRANSLATE_NOOP(
        "sentences",
        "The other program sent a piece of its screen that can't be right. For your safety the visit was ended.",
    ),
    "newer_version": QT_TRANSLATE_NOOP(
        "sentences", "The other side uses a newer RemoteHelp. Please install the newest version and try again."
    ),
    # the demonstration
    "stage_failed": QT_TRANSLATE_NOOP(
        "sentences",
        "The demonstration stopped: {what}. Nothing outside it was changed; please try again, its logs say more.",
    ),
    # this computer
    "folder_not_writable": QT_TRANSLATE_NOOP(
        "sentences", "The folder {folder} can't be written to. Please allow writing there, or choose another folder."
    ),
    "unexpected": QT_TRANSLATE_NOOP(
        "sentences", "Something went wrong that should not happen. Nothing was sent. Details are in {log}."
    ),
    # a code: pairing
    "code_empty": QT_TRANSLATE_NOOP(
        "sentences", "No code was entered. Please type the digits that the customer reads out to you."
    ),
    "code_half": QT_TRANSLATE_NOOP(
        "sentences", "Some digits of the code are missing. A code has ten or eleven digits, like 4711-482-913."
    ),
    "code_too_long": QT_TRANSLATE_NOOP(
        "sentences", "These are too many digits. A code has ten or eleven digits, like 4711-482-913."
    ),
    "code_not_digits": QT_TRANSLATE_NOOP(
        "sentences", "A code has only digits, like 4711-482-913. Please ask the customer to read it out again."
    ),
    "code_wrong": QT_TRANSLATE_NOOP(
        "sentences",
        "The code did not fit, so nobody was let in and nothing was shared. A code works once: please use a new one.",
    ),
    "code_expired": QT_TRANSLATE_NOOP(
        "sentences",
        "This code is older than ten minutes and no longer works. Nothing was shared. Please use a new one.",
    ),
    "code_already_used": QT_TRANSLATE_NOOP(
        "sentences", "These digits were already tried. A code works only once: please ask the customer for a new one."
    ),
    "too_many_failures": QT_TRANSLATE_NOOP(
        "sentences",
        "Three codes in a row failed, so somebody may be guessing. Nothing was shared. Please wait {minutes} minutes, "
        "and go on only with someone you called yourself.",
    ),
    "message_out_of_order": QT_TRANSLATE_NOOP(
        "sentences",
        "Something came that does not belong here, as if someone else had tried this code too. Nothing was shared. "
        "Please use a new code.",
    ),
    "own_message_came_back": QT_TRANSLATE_NOOP(
        "sentences",
        "The server sent this computer's own message back, as if someone stood in between. Nothing was shared. "
        "Please use a new code.",
    ),
    # the waiting list
    "opening_changed": QT_TRANSLATE_NOOP(
        "sentences",
        "What came through the server was not what the other side sent. Nothing was shown. "
        "Please try once more; if it happens again, use a code on the phone.",
    ),
    "list_full": QT_TRANSLATE_NOOP(
        "sentences",
        "Too many people wait for help at the moment. Please try again in a while. Your words are still here.",
    ),
    "too_many_waiting": QT_TRANSLATE_NOOP(
        "sentences",
        "Several people wait for help from your connection already. Please try again in a while. "
        "Your words are still here.",
    ),
    "waited_too_long": QT_TRANSLATE_NOOP(
        "sentences", "Nobody was free for two hours. Please ask again. Your words are still here."
    ),
    "taken_too_often": QT_TRANSLATE_NOOP(
        "sentences",
        "Several helpers came and went before they could be checked. Nothing was shown. "
        "Please ask again, or use a code on the phone.",
    ),
    "no_longer_waiting": QT_TRANSLATE_NOOP(
        "sentences", "Somebody else has taken this customer, or they have left. Please take another one."
    ),
    "took_too_long": QT_TRANSLATE_NOOP(
        "sentences", "The server did not hear from this computer for 30 seconds. The customer is back in the list."
    ),
    "seal_broken": QT_TRANSLATE_NOOP(
        "sentences",
        "A message was changed or left out on the way, so the visit was ended for your safety. Please use a new code.",
    ),
    # badges, organisations and links
    "name_not_allowed": QT_TRANSLATE_NOOP(
        "sentences",
        "This name can't be used: it is empty, longer than 100 characters, or holds signs that can't be seen. "
        "Please type it anew.",
    ),
    "given_name_not_allowed": QT_TRANSLATE_NOOP(
        "sentences",
        "This given name can't be used: it is empty, longer than 100 characters, or holds signs that can't be seen. "
        "Please type it anew.",
    ),
    "surname_not_allowed": QT_TRANSLATE_NOOP(
        "sentences",
        "This surname can't be used: it is empty, longer than 100 characters, or holds signs that can't be seen. "
        "Please type it anew.",
    ),
    "organisation_name_not_allowed": QT_TRANSLATE_NOOP(
        "sentences",
        "This name of an organisation can't be used: it is empty, longer than 100 characters, or holds signs that "
        "can't be seen. Please type it anew.",
    ),
    "domain_not_allowed": QT_TRANSLATE_NOOP(
        "sentences", "This is not a domain. Please write it like help.example.org, without https:// in front."
    ),
    "private_words_not_allowed": QT_TRANSLATE_NOOP(
        "sentences",
        "At most {most} words of 3 to 32 characters can be added, without signs that can't be seen. "
        "Nothing was made; please change them.",
    ),
    "photo_not_usable": QT_TRANSLATE_NOOP(
        "sentences",
        "The photo can't be used: it has to be a JPEG picture of at most 64 KiB. Please choose another one.",
    ),
    "photo_differs": QT_TRANSLATE_NOOP(
        "sentences", "The photo is not the one that belongs to the badge, so it is not shown."
    ),
    "request_not_signed": QT_TRANSLATE_NOOP(
        "sentences",
        "This file is not a whole request for a badge, so nothing was signed. Please ask the technician for it again.",
    ),
    "badge_days": QT_TRANSLATE_NOOP("sentences", "A badge is valid for 1 to {most} days. Please choose one of them."),
    "badge_not_signed": QT_TRANSLATE_NOOP(
        "sentences", "The badge is not signed as it should be, so it was refused. Nothing was shared."
    ),
    "badge_foreign": QT_TRANSLATE_NOOP(
        "sentences",
        "The badge belongs to another organisation than the one you asked for help, so it was refused. "
        "Nothing was shared.",
    ),
    "badge_expired": QT_TRANSLATE_NOOP(
        "sentences",
        "The badge has expired, so it was refused. Nothing was shared. The technician needs a new one from the "
        "organisation.",
    ),
    "badge_not_yet_valid": QT_TRANSLATE_NOOP(
        "sentences",
        "The badge is not valid yet, so it was refused. Nothing was shared. Please check the date of this computer.",
    ),
    "badge_revoked": QT_TRANSLATE_NOOP(
        "sentences", "The organisation has revoked this badge, so it was refused. Nothing was shared."
    ),
    "badge_lapsed": QT_TRANSLATE_NOOP(
        "sentences", "The technician's badge is not valid any more, so the visit has ended. Nothing was lost."
    ),
    "badge_not_for_this_computer": QT_TRANSLATE_NOOP(
        "sentences",
        "This badge was made for another computer or another request. Please install it where the request was made.",
    ),
    "no_badge": QT_TRANSLATE_NOOP(
        "sentences", "There is no badge on this computer yet. Please make a request and send it to your organisation."
    ),
    "revocations_not_signed": QT_TRANSLATE_NOOP(
        "sentences",
        "The organisation's list of revoked badges is missing or was changed, so no badge was accepted. "
        "Nothing was shared.",
    ),
    "revocations_went_back": QT_TRANSLATE_NOOP(
        "sentences",
        "The server hands out an old list of revoked badges, so no badge was accepted. Nothing was shared.",
    ),
    "technician_not_proven": QT_TRANSLATE_NOOP(
        "sentences",
        "The other side has the code but could not prove that the badge is its own, so it was refused. "
        "Nothing was shared.",
    ),
    "sign_in_not_proven": QT_TRANSLATE_NOOP(
        "sentences", "The server could not check that this badge is yours. Please try to sign in again."
    ),
    "organisation_key_changed": QT_TRANSLATE_NOOP(
        "sentences",
        "Someone calls themselves {name}, but is not the {name} that this computer knows, so they were refused. "
        "Nothing was shared. Please call {name} on a number that you know already.",
    ),
    "organisation_not_signed": QT_TRANSLATE_NOOP(
        "sentences",
        "The organisation's public file was changed or is damaged. Please get it again from the organisation.",
    ),
    "organisation_exists": QT_TRANSLATE_NOOP(
        "sentences",
        "There is an organisation in {folder} already, and it was left as it is. Please choose another folder.",
    ),
    "not_an_organisation": QT_TRANSLATE_NOOP(
        "sentences", "There is no organisation in {folder}. Please choose the folder that org init made."
    ),
    "revocations_damaged": QT_TRANSLATE_NOOP(
        "sentences",
        "The list of revoked badges in {file} was changed or is damaged, so it was left as it is. "
        "Please bring it back from a copy.",
    ),
    "serial_unknown": QT_TRANSLATE_NOOP(
        "sentences", "No badge with the number {serial} was ever issued here. Nothing was changed."
    ),
    "link_not_understood": QT_TRANSLATE_NOOP(
        "sentences",
        "This link is not whole. Please copy all of it, from remotehelp:// to its end, or ask for it again.",
    ),
    "broker_address_not_understood": QT_TRANSLATE_NOOP(
        "sentences", "This is not the address of a server. Please write it like https://help.example.org."
    ),
    # files of this computer
    "file_not_writable": QT_TRANSLATE_NOOP(
        "sentences", "The file {file} can't be written. Please allow writing there, or choose another place."
    ),
    "file_not_readable": QT_TRANSLATE_NOOP(
        "sentences", "The file {file} can't be read or is not what it should be. Please check it and try again."
    ),
    "key_not_readable": QT_TRANSLATE_NOOP(
        "sentences", "The private key in {file} is damaged. Please bring it back from a copy; nothing was changed."
    ),
    "known_not_readable": QT_TRANSLATE_NOOP(
        "sentences",
        "The file {file}, which holds the organisations that you know, is damaged. Nothing was changed. "
        "Please bring it back from a copy, or remove it to start anew.",
    ),
    # the technician's camera
    "no_camera": QT_TRANSLATE_NOOP(
        "sentences",
        "No camera was found. Customers can't see your face, so you can't ask for control; you can still see and "
        "point. Plug in a camera and start the program again.",
    ),
    "camera_stopped": QT_TRANSLATE_NOOP(
        "sentences",
        "The camera can't be used, maybe because another program has it. Customers can't see your face now, and who "
        "has not seen it can't give you control. Close the other program and start this one again.",
    ),
    "camera_file_unreadable": QT_TRANSLATE_NOOP(
        "sentences",
        "The file {file} can't be played as your face. Nothing is lost. Please choose another video file.",
    ),
    # the command line
    "stopped": QT_TRANSLATE_NOOP("sentences", "Stopped."),
    "unexpected_unlogged": QT_TRANSLATE_NOOP(
        "sentences", "Something went wrong that should not happen. Nothing was sent, and no log could be written."
    ),
    "request_written": QT_TRANSLATE_NOOP(
        "sentences", "The request is in {file}: send it to your organisation. Your private key stays on this computer."
    ),
    "badge_installed": QT_TRANSLATE_NOOP(
        "sentences", "You are {name} of {organisation} from now on; the badge is valid until {until}."
    ),
    "organisation_made": QT_TRANSLATE_NOOP(
        "sentences", "The organisation {name} is made. The folder {public} is all that your server needs."
    ),
    "badge_issued": QT_TRANSLATE_NOOP(
        "sentences", "Badge {serial} for {name} is in {file}; it is valid until {until}."
    ),
    "list_renewed": QT_TRANSLATE_NOOP(
        "sentences", "The list of revoked badges is renewed. Please bring {public} to your server."
    ),
    "badge_is_revoked": QT_TRANSLATE_NOOP(
        "sentences", "Badge {serial} is revoked. It works until {public} has been brought to your server."
    ),
    # the broker
    "no_such_code": QT_TRANSLATE_NOOP(
        "sentences",
        "There is no such code, or it no longer works. Nothing was shared. Please ask the customer for a new code.",
    ),
    "code_burned": QT_TRANSLATE_NOOP(
        "sentences",
        "The code was entered twice or not answered in time, so it no longer works. Nothing was shared. "
        "Please use a new code.",
    ),
    "too_many_codes": QT_TRANSLATE_NOOP(
        "sentences",
        "Too many codes were asked for from this network. Nothing was lost. Please wait a minute and try again.",
    ),
    "too_many_tries": QT_TRANSLATE_NOOP(
        "sentences",
        "Too many codes were tried from this network. Nothing was lost. Please wait a minute and try again.",
    ),
    "too_many_messages": QT_TRANSLATE_NOOP(
        "sentences",
        "This program sent more messages than the server takes, so the server ended the connection. "
        "Please try again in a minute.",
    ),
    "nothing_asked": QT_TRANSLATE_NOOP(
        "sentences",
        "The server ended a connection on which nothing was asked for. Nothing was lost. Please try again.",
    ),
    "not_signed_in": QT_TRANSLATE_NOOP("sentences", "You are not signed in. Please sign in with your badge first."),
    "account_refused": QT_TRANSLATE_NOOP(
        "sentences",
        "The account, the password or the one-time code is not right. Nothing was lost. A code works once: "
        "please check all three, and wait for the next code.",
    ),
    "too_many_sign_ins": QT_TRANSLATE_NOOP(
        "sentences",
        "There were too many tries to sign in with this account or from this network. Nothing was lost. "
        "Please try again in 15 minutes.",
    ),
    "session_over": QT_TRANSLATE_NOOP(
        "sentences", "Your sign-in has ended. Nothing was lost. Please sign in with your account again."
    ),
    "no_organisation": QT_TRANSLATE_NOOP(
        "sentences",
        "This server has no organisation yet, so nobody can sign in there. Please ask whoever runs it to set one.",
    ),
    "broker_full": QT_TRANSLATE_NOOP(
        "sentences", "The server has no free codes just now. Nothing was lost. Please try again in a few minutes."
    ),
    "broker_trouble": QT_TRANSLATE_NOOP(
        "sentences", "The server can't do this just now. Nothing was lost. Please try again in a minute."
    ),
    "port_in_use": QT_TRANSLATE_NOOP(
        "sentences",
        "Another program already uses port {port}. Nothing was started. "
        "Please stop that program or choose another port.",
    ),
    "port_not_allowed": QT_TRANSLATE_NOOP(
        "sentences",
        "This account may not use port {port}. Nothing was started. Please choose a port above 1023.",
    ),
    "address_not_here": QT_TRANSLATE_NOOP(
        "sentences",
        "This computer has no address {host}. Nothing was started. Please choose an address of this computer.",
    ),
    "database_newer": QT_TRANSLATE_NOOP(
        "sentences",
        "The database {file} was written by a newer RemoteHelp. It was left as it is. "
        "Please install the newest version.",
    ),
    "database_not_usable": QT_TRANSLATE_NOOP(
        "sentences",
        "The database {file} can't be used. It was left as it is. "
        "Please restore it from a backup, or choose another folder.",
    ),
    "database_in_use": QT_TRANSLATE_NOOP(
        "sentences",
        "Another program is using the database {file}. Nothing was started and nothing was lost. "
        "Please try again in a moment.",
    ),
    "folder_has_a_broker": QT_TRANSLATE_NOOP(
        "sentences",
        "Another server is using the folder {folder}. Nothing was started. "
        "Please stop that one and try again in a moment, or choose another folder.",
    ),
    "accounts_lost": QT_TRANSLATE_NOOP(
        "sentences",
        "The database in {folder} has lost its accounts, so nobody would have to sign in with one. Nothing was "
        "started. Please restore it from a backup, or add the accounts again.",
    ),
    "account_exists": QT_TRANSLATE_NOOP(
        "sentences", "There is an account {name} already. Nothing was changed; a new password is given by reset."
    ),
    "account_unknown": QT_TRANSLATE_NOOP("sentences", "There is no account {name}. Nothing was changed."),
    "account_name_not_allowed": QT_TRANSLATE_NOOP(
        "sentences",
        "This can't be the name of an account. Please use at most 64 letters from a to z and digits, with . _ @ - "
        "between them.",
    ),
    "password_length": QT_TRANSLATE_NOOP(
        "sentences", "A password has {least} to {most} characters. Nothing was changed. Please choose another one."
    ),
    "account_added": QT_TRANSLATE_NOOP(
        "sentences",
        "The account {name} is there. At its first sign-in it gets the key for its one-time codes; from now on this "
        "server asks every technician for an account.",
    ),
    "account_disabled": QT_TRANSLATE_NOOP("sentences", "The account {name} lets nobody in any more."),
    "account_reset": QT_TRANSLATE_NOOP(
        "sentences", "The account {name} has a new password, and gets a new key for one-time codes at its next sign-in."
    ),
    "turn_not_understood": QT_TRANSLATE_NOOP(
        "sentences",
        "This is no address of a relay: {uri}. Nothing was started. Please write it like turn:help.example.org:3478 or "
        "turns:help.example.org:443.",
    ),
    "turn_needs_secret": QT_TRANSLATE_NOOP(
        "sentences", "A relay needs the file with its secret, too. Nothing was started. Please add --turn-secret-file."
    ),
    "turn_secret_short": QT_TRANSLATE_NOOP(
        "sentences",
        "The secret in {file} is too short: somebody could guess it. Nothing was started. Please take at least {least} "
        "random characters.",
    ),
    "revocations_too_long": QT_TRANSLATE_NOOP(
        "sentences",
        "The list of revoked badges in {file} is too long to hand to customers. Nothing was started. "
        "Please renew it, so that badges that expired long ago are left out.",
    ),
    # this computer's desktop
    "no_display": QT_TRANSLATE_NOOP(
        "sentences",
        "No screen was found on this computer. Nothing was started. "
        "Please sign in to the desktop and start RemoteHelp from there.",
    ),
    "wayland_not_yet": QT_TRANSLATE_NOOP(
        "sentences",
        "This desktop runs on Wayland, which RemoteHelp can't share yet: that comes later. Nothing was shared. "
        "Please log out, choose the entry with “Xorg” or “X11” at the sign-in screen, and sign in again.",
    ),
    "display_lost": QT_TRANSLATE_NOOP(
        "sentences", "The connection to this computer's screen ended, so sharing and control have stopped."
    ),
    "monitor_gone": QT_TRANSLATE_NOOP(
        "sentences",
        "The monitor {monitor} is no longer connected, so it is not shown any more. Please choose another monitor.",
    ),
    "screens_too_large": QT_TRANSLATE_NOOP(
        "sentences", "These screens together are too large for one picture. Nothing was changed. Please choose one."
    ),
    "screen_too_large": QT_TRANSLATE_NOOP(
        "sentences",
        "The screen {monitor} is too large for one picture, so nothing is shown now. Choose what they may see, "
        "and allow it again.",
    ),
    "screens_outgrew": QT_TRANSLATE_NOOP(
        "sentences",
        "These screens became too large to be shown together, so {left} is shown instead. Mouse and keyboard are yours "
        "alone until you allow them again.",
    ),
    "screen_gone": QT_TRANSLATE_NOOP(
        "sentences",
        "The screen {monitor} is gone, so {left} is shown instead. Mouse and keyboard are yours alone until you allow "
        "them again.",
    ),
    "their_screen_gone": QT_TRANSLATE_NOOP(
        "sentences",
        "The customer's screen {monitor} is gone; you see what is left. Control has to be allowed again.",
    ),
    "window_closed": QT_TRANSLATE_NOOP(
        "sentences",
        "The window that was shown is not there any more, so nothing is shown now. Choose what they may see, "
        "and allow it again.",
    ),
    "their_window_closed": QT_TRANSLATE_NOOP(
        "sentences", "The window that you saw was closed, so you don't see anything any more. Please ask again."
    ),
    "no_single_window": QT_TRANSLATE_NOOP(
        "sentences", "This desktop can't show one window alone. You can show a whole screen instead."
    ),
    "other_window": QT_TRANSLATE_NOOP(
        "sentences", "Only the window that is shown can be used. Nothing was pressed anywhere else."
    ),
    "no_screen_watch": QT_TRANSLATE_NOOP(
        "sentences",
        "This desktop can't tell what changes on the screen, so it can't be shown. Nothing was shared. "
        "Please choose another kind of desktop at the sign-in screen.",
    ),
    "screen_not_readable": QT_TRANSLATE_NOOP(
        "sentences",
        "This desktop doesn't let RemoteHelp see the screen. Nothing was shared. "
        "Please set the screen to millions of colours, or choose another kind of desktop at the sign-in screen.",
    ),
    "no_remote_input": QT_TRANSLATE_NOOP(
        "sentences",
        "This desktop doesn't let a program move the mouse or press keys, so nobody can control it. "
        "Please choose another kind of desktop at the sign-in screen.",
    ),
    "no_panic_key": QT_TRANSLATE_NOOP(
        "sentences",
        "RemoteHelp can't hear the keys Ctrl+Alt+End on this desktop, so it shares nothing. "
        "Please choose another kind of desktop at the sign-in screen.",
    ),
    "no_guardian": QT_TRANSLATE_NOOP(
        "sentences",
        "The part that can stop everything in an emergency is not running, so nobody but you can use mouse and "
        "keyboard. They can be allowed again.",
    ),
    "hands_lost": QT_TRANSLATE_NOOP(
        "sentences",
        "The part that moves the mouse and presses keys stopped. All keys were let go of and control has ended. "
        "It can be allowed again.",
    ),
    "own_window": QT_TRANSLATE_NOOP(
        "sentences",
        "RemoteHelp's own windows can be used only by the person at that computer. Nothing was pressed there.",
    ),
    "key_not_known": QT_TRANSLATE_NOOP(
        "sentences", "The other computer has no such key. Nothing was pressed; everything else goes on."
    ),
    # opening a visit
    "link_missing": QT_TRANSLATE_NOOP(
        "sentences", "Please enter the link from your helper first. It says whom you let in."
    ),
    "link_not_of_this_server": QT_TRANSLATE_NOOP(
        "sentences",
        "This link does not belong to the server that it names: maybe a letter of it is wrong. Nothing was shared. "
        "Please ask your helper for the link and put it in again.",
    ),
    "broker_unreachable": QT_TRANSLATE_NOOP(
        "sentences",
        "The server at {address} does not answer. Nothing was shared. Please check your internet connection and "
        "try again.",
    ),
    "broker_went_away": QT_TRANSLATE_NOOP(
        "sentences", "The connection to the server ended. Nothing is lost. Please connect again."
    ),
    "broker_gone_visit_goes_on": QT_TRANSLATE_NOOP(
        "sentences", "The connection to the server ended. Your visit goes on without it."
    ),
    "password_missing": QT_TRANSLATE_NOOP("sentences", "Please type the password of your account. Nothing was sent."),
    "one_time_code_not_digits": QT_TRANSLATE_NOOP(
        "sentences", "A one-time code has six digits. Please type the one that your app shows now. Nothing was sent."
    ),
    "second_factor_anew": QT_TRANSLATE_NOOP(
        "sentences",
        "The line to the server was lost before your key was confirmed, so it made a new one. Nothing was lost. "
        "Please replace the old key in your app by this one.",
    ),
    "broker_missing": QT_TRANSLATE_NOOP("sentences", "Please enter the address of your organisation's server."),
    "own_broker_failed": QT_TRANSLATE_NOOP(
        "sentences",
        "The server inside this program did not start. Nothing is lost. Please close the program and start it again.",
    ),
    "technician_left_early": QT_TRANSLATE_NOOP(
        "sentences", "The technician left before the visit began. Nothing was shared."
    ),
    "customer_left_early": QT_TRANSLATE_NOOP(
        "sentences", "The customer gave up before the visit began. Nothing was shared. Please ask for a new code."
    ),
    "customer_declined": QT_TRANSLATE_NOOP(
        "sentences",
        "The customer saw who you are and declined the visit. Nothing was shared. If that was a mistake, please ask "
        "for a new code.",
    ),
    "customer_did_not_answer": QT_TRANSLATE_NOOP(
        "sentences", "The customer's computer did not answer in time. Nothing was shared. Please ask for a new code."
    ),
    "other_side_refused": QT_TRANSLATE_NOOP(
        "sentences", "The other side refused. Nothing was shared. Please try again with a new code."
    ),
    "description_refused": QT_TRANSLATE_NOOP(
        "sentences",
        "The other computer described its connection in a way that is not allowed. For your safety the visit was "
        "ended.",
    ),
    "ended_for_safety": QT_TRANSLATE_NOOP(
        "sentences", "Something went wrong, so everything was stopped for your safety. They can no longer see anything."
    ),
    "too_much_at_once": QT_TRANSLATE_NOOP(
        "sentences", "The other program sent far too much at once. For your safety the visit was ended."
    ),
    "folder_in_use": QT_TRANSLATE_NOOP(
        "sentences", "The folder {folder} holds other things, so it was left as it is. Please choose a new folder."
    ),
    "line_lost_in_meeting": QT_TRANSLATE_NOOP(
        "sentences", "The line was lost before the visit began. Nothing was shared. Please try again with a new code."
    ),
    # the settings
    "config_not_understood": QT_TRANSLATE_NOOP(
        "sentences", "The entry {entry} in {file} is not known or has a wrong value. Please correct or remove it."
    ),
    "config_not_toml": QT_TRANSLATE_NOOP(
        "sentences", "The file {file} can't be read as settings. Please correct it or move it away."
    ),
    "already_open": QT_TRANSLATE_NOOP(
        "sentences", "RemoteHelp is open already. Nothing was lost. Please use the window that is there."
    ),
    # what her own machine does against swindlers, and what the technician reads of it
    "stopped_all": QT_TRANSLATE_NOOP(
        "sentences",
        "Everything that was allowed was stopped, and nobody can ask you for five minutes. "
        "If somebody tries to cheat you, press Report.",
    ),
    "covered": QT_TRANSLATE_NOOP(
        "sentences",
        "Another window covered the coloured frame or this window again and again, so mouse and keyboard are yours "
        "alone now. It can be allowed again.",
    ),
    "told_private": QT_TRANSLATE_NOOP(
        "sentences",
        "A private window is in front on the customer's screen, so picture and input rest until the customer answers.",
    ),
    "told_still": QT_TRANSLATE_NOOP(
        "sentences", "You have been in control for half an hour. Input rests until the customer says “Go on”."
    ),
    "told_goes_on": QT_TRANSLATE_NOOP("sentences", "The customer said “Go on”. You can go on."),
    "told_covered": QT_TRANSLATE_NOOP(
        "sentences",
        "A window on the customer's computer covered RemoteHelp's frame again and again, so control has ended. "
        "You can ask for it again.",
    ),
    "told_stopped": QT_TRANSLATE_NOOP(
        "sentences", "The customer stopped everything that was allowed. You can ask again in five minutes."
    ),
    # a report
    "report_head": QT_TRANSLATE_NOOP("sentences", "Report about a visit with RemoteHelp"),
    "report_written": QT_TRANSLATE_NOOP("sentences", "Written on {date} at {time}."),
    "report_who": QT_TRANSLATE_NOOP(
        "sentences", "Who came: {name}, for an organisation that calls itself {organisation}."
    ),
    "report_badge": QT_TRANSLATE_NOOP(
        "sentences", "Number of the badge: {serial}. Key of the organisation: {fingerprint}."
    ),
    "report_link": QT_TRANSLATE_NOOP("sentences", "The link led to the server {address}."),
    "report_what": QT_TRANSLATE_NOOP("sentences", "What happened:"),
    # why something can't be done now
    "answer_first": QT_TRANSLATE_NOOP("sentences", "Please answer the open question first."),
    "asking_rests_until": QT_TRANSLATE_NOOP(
        "sentences", "The customer does not want to be asked again now. You can ask at {time}."
    ),
    "right_comes_later": QT_TRANSLATE_NOOP("sentences", "This can't be used yet; it comes with a later version."),
    "line_is_lost": QT_TRANSLATE_NOOP("sentences", "The line is lost at the moment."),
    "face_before_hands": QT_TRANSLATE_NOOP("sentences", "Not before you have seen the technician's live face."),
    "no_face_no_hands": QT_TRANSLATE_NOOP(
        "sentences",
        "Not before the customer has seen your live face, and no picture has come from a camera of yours yet.",
    ),
    "not_let_in_yet": QT_TRANSLATE_NOOP("sentences", "The customer has not let you in yet."),
    "right_given_already": QT_TRANSLATE_NOOP("sentences", "The customer allows this already."),
    "answer_awaited": QT_TRANSLATE_NOOP("sentences", "The customer has not answered your question yet."),
    "customer_said_not_now": QT_TRANSLATE_NOOP(
        "sentences", "The customer answered “Not now”. Nothing was changed; you can ask again when it suits."
    ),
    "question_went": QT_TRANSLATE_NOOP(
        "sentences", "Your question went without an answer, because something changed meanwhile. Please ask again."
    ),
    "asking_rests": QT_TRANSLATE_NOOP(
        "sentences", "The customer said “Not now” twice; please wait five minutes before you ask again."
    ),
    "no_screens_yet": QT_TRANSLATE_NOOP("sentences", "You don't see the customer's screen."),
    "they_have_one_screen": QT_TRANSLATE_NOOP("sentences", "The customer's computer has one screen."),
    "input_not_allowed": QT_TRANSLATE_NOOP("sentences", "Mouse and keyboard are not allowed now."),
    "question_open": QT_TRANSLATE_NOOP("sentences", "A question to the customer is open."),
    # the log of a visit
    "log_refused": QT_TRANSLATE_NOOP(
        "sentences",
        "The log of this visit says something that is not so, and your program does not sign it. The visit goes on.",
    ),
    "log_not_true": QT_TRANSLATE_NOOP("sentences", "Entry {line} of the log says something that is not so."),
    "log_full": QT_TRANSLATE_NOOP("sentences", "The log of this visit is too long, so the visit was ended."),
    "log_empty": QT_TRANSLATE_NOOP("sentences", "This is no log of a visit, or its first entry was cut off."),
    "log_line_cut": QT_TRANSLATE_NOOP(
        "sentences", "This log is unfinished: entry {line} is cut off. The entries before it hold."
    ),
    "log_line_not_understood": QT_TRANSLATE_NOOP(
        "sentences", "This log is damaged: entry {line} is no entry of a log. The entries before it hold."
    ),
    "log_line_missing": QT_TRANSLATE_NOOP(
        "sentences",
        "This log is damaged: entry {line} is missing, for entry {found} stands there. The entries before it hold.",
    ),
    "log_line_changed": QT_TRANSLATE_NOOP(
        "sentences",
        "This log is damaged: entry {line} was changed, or one before it was exchanged with everything that follows.",
    ),
    "log_badge_not_signed": QT_TRANSLATE_NOOP(
        "sentences", "This log is damaged: the badge in entry {line} is not signed by its organisation."
    ),
    "log_signature_wrong": QT_TRANSLATE_NOOP(
        "sentences",
        "This log is damaged: the signatures in entry {line} are not those of its entries. What stands after entry "
        "{upto} proves nothing.",
    ),
    "log_goes_on": QT_TRANSLATE_NOOP(
        "sentences", "This log is damaged: entry {line} was added after the log was closed. The entries before it hold."
    ),
    "log_unfinished": QT_TRANSLATE_NOOP(
        "sentences",
        "This log is unfinished: it ends with entry {last}, without the signatures that close it. Both sides signed up "
        "to entry {upto}.",
    ),
    "log_whole": QT_TRANSLATE_NOOP(
        "sentences", "This log is whole: {last} entries from {start} to {end} (UTC), and both sides signed all of them."
    ),
    "log_technician": QT_TRANSLATE_NOOP(
        "sentences", "The technician's signatures: {name} of {organisation}, badge {serial}, key {digits}."
    ),
    "log_customer": QT_TRANSLATE_NOOP("sentences", "The customer's signatures: the key of this visit alone, {digits}."),
    "log_customer_unknown": QT_TRANSLATE_NOOP(
        "sentences",
        "Nothing in this log says whose the customer's key is: the technician alone could have made all of it with a "
        "key of their own. Compare it with the customer's copy: remotehelp verify FILE --with OTHER.",
    ),
    "log_copies_agree": QT_TRANSLATE_NOOP(
        "sentences", "Both copies name the same two keys, and are the same up to entry {upto}."
    ),
    "log_copies_differ": QT_TRANSLATE_NOOP(
        "sentences", "The two copies are not of one log: they differ in entry {line}."
    ),
    "log_outside_badge": QT_TRANSLATE_NOOP(
        "sentences",
        "The badge was valid from {start} to {end} (UTC), but entry {line} has another time: by the clock of the "
        "customer's computer, which may be wrong.",
    ),
    "log_organisation_new": QT_TRANSLATE_NOOP(
        "sentences",
        "This computer does not know the organisation with the key {digits}: whoever made that key chose the names.",
    ),
    "log_organisation_known": QT_TRANSLATE_NOOP(
        "sentences", "This computer knows the organisation with the key {digits} since {since}."
    ),
    "log_organisation_proven": QT_TRANSLATE_NOOP(
        "sentences",
        "This computer has proof of the organisation with the key {digits}: its file is installed here.",
    ),
    "her_hand": QT_TRANSLATE_NOOP("sentences", "The customer is using mouse and keyboard now."),
    # the story of a visit
    "you": QT_TRANSLATE_NOOP("sentences", "You"),
    "the_customer": QT_TRANSLATE_NOOP("sentences", "The customer"),
    "summary_who": QT_TRANSLATE_NOOP("sentences", "{name} of {organisation} helped you."),
    "summary_when": QT_TRANSLATE_NOOP("sentences", "On {date}, from {start} to {end}."),
    "summary_said": QT_TRANSLATE_NOOP("sentences", "{who}: {text}"),
    "summary_problem": QT_TRANSLATE_NOOP("sentences", "In your words: {text}"),
    "summary_wrong": QT_TRANSLATE_NOOP("sentences", "What was wrong: {text}"),
    "summary_done": QT_TRANSLATE_NOOP("sentences", "What was done: {text}"),
    "story_accepted": QT_TRANSLATE_NOOP("sentences", "{who} let the technician in."),
    "story_opened": QT_TRANSLATE_NOOP("sentences", "The technician's badge was checked, and the log begins."),
    "story_declined": QT_TRANSLATE_NOOP("sentences", "{who} did not want this visit."),
    "story_left": QT_TRANSLATE_NOOP("sentences", "{who} ended the visit."),
    "story_line_lost": QT_TRANSLATE_NOOP("sentences", "The line was lost."),
    "story_line_back": QT_TRANSLATE_NOOP("sentences", "The line came back."),
    "story_gave_up": QT_TRANSLATE_NOOP("sentences", "The line did not come back."),
    "story_badge_lapsed": QT_TRANSLATE_NOOP("sentences", "The technician's badge was not valid any more."),
    "story_misbehaved": QT_TRANSLATE_NOOP(
        "sentences", "The visit was ended because the other program did something that is not allowed."
    ),
    "story_failed": QT_TRANSLATE_NOOP(
        "sentences", "Something went wrong on the customer's computer, so everything was stopped for safety."
    ),
    "story_asked": QT_TRANSLATE_NOOP("sentences", "{who} asked to: {text}."),
    "story_allowed": QT_TRANSLATE_NOOP("sentences", "{who} allowed: {text}."),
    "story_not_now": QT_TRANSLATE_NOOP("sentences", "{who} said “Not now” to: {text}."),
    "story_took_back": QT_TRANSLATE_NOOP("sentences", "{who} took back: {text}."),
    "story_lapsed": QT_TRANSLATE_NOOP("sentences", "No longer allowed: {text}."),
    "story_unanswered": QT_TRANSLATE_NOOP(
        "sentences", "The question went without an answer, because something changed meanwhile."
    ),
    "story_asked_screens": QT_TRANSLATE_NOOP("sentences", "{who} asked to see another screen: {text}."),
    "story_not_now_screens": QT_TRANSLATE_NOOP("sentences", "{who} said “Not now” to another screen."),
    "story_showed_screens": QT_TRANSLATE_NOOP("sentences", "{who} showed the screen: {text}."),
    "story_screens_outgrew": QT_TRANSLATE_NOOP(
        "sentences", "The screens became too large to be shown together; from then on this was shown: {text}."
    ),
    "story_screen_gone": QT_TRANSLATE_NOOP("sentences", "The screen {text} was unplugged."),
    "story_showed_window": QT_TRANSLATE_NOOP("sentences", "{who} showed one window alone: {text}."),
    "story_window_closed": QT_TRANSLATE_NOOP("sentences", "The window that was shown was closed."),
    "story_asked_before_control": QT_TRANSLATE_NOOP(
        "sentences", "Before control the question came whether somebody tries to cheat."
    ),
    "story_private_window": QT_TRANSLATE_NOOP("sentences", "A private window was in front; picture and input rested."),
    "story_private_fine": QT_TRANSLATE_NOOP("sentences", "{who} said that this window may be seen."),
    "story_control_rests": QT_TRANSLATE_NOOP("sentences", "After half an hour of control, input rested."),
    "story_control_goes_on": QT_TRANSLATE_NOOP("sentences", "{who} said that control is still needed."),
    "story_covered": QT_TRANSLATE_NOOP(
        "sentences", "The frame round the screen was covered again and again, so control ended."
    ),
    "story_stopped_all": QT_TRANSLATE_NOOP("sentences", "{who} stopped everything that was allowed."),
    "story_unguarded": QT_TRANSLATE_NOOP(
        "sentences", "Control ended, because the part that can stop everything in an emergency was not running."
    ),
    "story_said": QT_TRANSLATE_NOOP("sentences", "{who} wrote a message (length {size})."),
    "story_signed": QT_TRANSLATE_NOOP("sentences", "Both sides signed everything up to entry {text}."),
    "story_not_signed": QT_TRANSLATE_NOOP(
        "sentences", "The technician's program did not sign what stands from entry {text} on."
    ),
    "right_view": QT_TRANSLATE_NOOP("sentences", "see the screen"),
    "right_point": QT_TRANSLATE_NOOP("sentences", "point at things"),
    "right_control": QT_TRANSLATE_NOOP("sentences", "use mouse and keyboard"),
    "right_clipboard": QT_TRANSLATE_NOOP("sentences", "use the clipboard"),
    "right_files": QT_TRANSLATE_NOOP("sentences", "exchange files"),
    "right_printers": QT_TRANSLATE_NOOP("sentences", "mend printers"),
    "right_system": QT_TRANSLATE_NOOP("sentences", "look at the system"),
}


def sentence(key: str, **values: str | int) -> str:
    """The English sentence for ``key``; an unknown key is a bug and raises KeyError."""
    return SENTENCES[key].format(**values)


def explain(error: HelpError) -> str:
    """The English sentence for an error."""
    return sentence(error.key, **error.values)
