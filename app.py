"""The dashboard: page settings, navigation, and who is reading."""

import streamlit as st

from dashboard.ui.shell import current_pages, set_page_settings, show_footer, show_sidebar

set_page_settings()  # first: the browser would fetch the icon that it meets in the navigation
page = st.navigation(current_pages(), position="hidden")
set_page_settings(page.title)
show_sidebar()
page.run()
show_footer()
