"""The dashboard that most people write, kept as the thing we compare ourselves with.

Pandas in `st.cache_data`, plotly express, every point on `st.map`, Streamlit's default settings.
It is written with care for what it is, and starts at the same twelve months as ours. It reads the
file named by PLAIN_ROWS.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

ASB = "Anti-social behaviour"

st.set_page_config(page_title="Crime dashboard", layout="wide")


@st.cache_data
def load(path: str) -> pd.DataFrame:
    """One row per police.uk row, with month as a date and the district's name."""
    rows = pd.read_parquet(path)
    rows["Month"] = pd.to_datetime(rows["Month"])
    rows["District"] = rows["LSOA name"].str[:-5]
    return rows


rows = load(os.environ["PLAIN_ROWS"])
months = sorted(rows["Month"].unique())

st.title("Crime in West Mercia")
with st.sidebar:
    areas = st.multiselect("Area", sorted(rows["District"].dropna().unique()))
    types = st.multiselect("Crime type", sorted(rows["Crime type"].unique()))
    first = st.selectbox("From", months, index=len(months) - 12, format_func=lambda m: f"{m:%b %Y}")
    last = st.selectbox("To", months, index=len(months) - 1, format_func=lambda m: f"{m:%b %Y}")

chosen = rows
if areas:
    chosen = chosen[chosen["District"].isin(areas)]
if types:
    chosen = chosen[chosen["Crime type"].isin(types)]
period = chosen[chosen["Month"].between(first, last)]
crimes = period[period["Crime type"] != ASB]

cards = st.columns(4)
cards[0].metric("Recorded crime", f"{len(crimes):,}")
cards[1].metric("Crimes a month", f"{len(crimes) / crimes['Month'].nunique():,.0f}")
cards[2].metric("Antisocial behaviour", f"{len(period) - len(crimes):,}")
cards[3].metric("Without location", f"{crimes['LSOA code'].isna().mean():.1%}")

by_month = chosen.groupby(["Month", "Crime type"]).size().reset_index(name="Rows")
st.plotly_chart(px.line(by_month, x="Month", y="Rows", color="Crime type", title="By month"))

left, right = st.columns(2)
by_area = crimes.groupby("District").size().reset_index(name="Crimes")
left.plotly_chart(px.bar(by_area, x="Crimes", y="District", title="By district"))
by_outcome = crimes.groupby(["Crime type", "Last outcome category"]).size().reset_index(name="Rows")
right.plotly_chart(
    px.bar(by_outcome, x="Rows", y="Crime type", color="Last outcome category", title="Outcomes")
)
by_area_and_type = crimes.groupby(["District", "Crime type"]).size().unstack(fill_value=0)
st.plotly_chart(px.imshow(by_area_and_type, title="District and type", aspect="auto"))

st.subheader("Where")
points = period[["Latitude", "Longitude"]].dropna()
st.map(points, latitude="Latitude", longitude="Longitude")
