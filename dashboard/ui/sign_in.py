"""What stands in place of a page for whom it does not open: how to sign in, or whom to ask."""

from typing import Final

import streamlit as st

from dashboard.reader import Reader, Standing
from dashboard.settings import Settings, load_settings
from dashboard.ui import as_at, events, markup
from dashboard.ui.identity import current_reader

_TITLES: Final[dict[Standing, str]] = {
    "known": "You do not have access to this page",
    "no_role": "You do not have access",
    "too_old": "Sign in again",
    "signed_out": "Sign in",
    "not_set_up": "Nobody can sign in yet",
}


def closed_title(reader: Reader) -> str:
    """Return the heading of what stands in place of a page, which is its title too."""
    return _TITLES[reader.standing]


def show_closed(key: str, *, home: st.Page | None) -> None:
    """Write why nothing opens here, without any figure, and what the reader can do about it.

    Args:
        key: of the page that was asked for, for the audit log.
        home: the first page, for a reader who may open that one.
    """
    settings = load_settings()
    reader = current_reader(settings)
    markup.style()
    with st.container(key=f"closed_{key}"):
        markup.title(closed_title(reader))
        markup.answer(_words(reader, settings))
        _show_way_on(reader, settings, home)
    if reader.standing in ("known", "no_role"):
        events.note("denied", key, reader, settings)


def show_sign_out(settings: Settings) -> None:
    """Show the button that ends a sign-in, where it began here and not at a proxy."""
    if settings.mode == "production" and settings.sign_in == "openid":
        st.button("Sign out", on_click=_sign_out, key="sign_out")


def _show_way_on(reader: Reader, settings: Settings, home: st.Page | None) -> None:
    if reader.standing == "known" and home:
        st.page_link(home, label="Go to the Overview", query_params=as_at.carried())
    elif reader.standing == "no_role":
        show_sign_out(settings)
    elif settings.sign_in == "openid" and reader.standing in ("signed_out", "too_old"):
        st.button("Sign in", on_click=st.login, key="sign_in", type="primary")


def _sign_out() -> None:
    settings = load_settings()
    events.note("signed_out", settings.sign_in, current_reader(settings), settings)
    st.logout()


def _words(reader: Reader, settings: Settings) -> str:
    ask = f"Ask {settings.contact} for access"
    if reader.standing == "signed_out" and settings.sign_in == "header":
        return f"You are not signed in. Open this address through your office’s sign-in. {ask}."
    words: dict[Standing, str] = {
        "known": f"It is not for your role ({reader.role}). {ask} if you need it.",
        "no_role": f"You are signed in as {reader.name}, but that account has no role here. {ask}, "
        f"and say that it is known here as {reader.key or 'an account without a name'}.",
        "too_old": "Your sign-in has ended, as each does after some hours. What you saved is kept.",
        "signed_out": "West Mercia Victims Insight is for the Victims’ Board and the "
        f"commissioner’s office. {ask}.",
        "not_set_up": "Sign-in has not been set up on this server, so it is closed to everyone. "
        "Whoever runs it finds the steps in its guide to operations.",
    }
    return words[reader.standing]
