"""The first step makes the tables of the first version."""

from __future__ import annotations

from sqlalchemy import inspect

from remotehelp.broker.store import migrate
from tests.helpers.databases import in_memory


def test_the_first_step_makes_identity_and_nameplates() -> None:
    with in_memory() as connection:
        migrate(connection, "0001")
        names = inspect(connection)
        columns = {table: [column["name"] for column in names.get_columns(table)] for table in names.get_table_names()}
    assert columns == {
        "alembic_version": ["version_num"],
        "identity": ["id", "broker"],
        "nameplates": ["nameplate", "until"],
    }
