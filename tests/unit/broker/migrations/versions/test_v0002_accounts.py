"""The second step adds the accounts, and leaves what was there."""

from __future__ import annotations

from sqlalchemy import inspect, text

from remotehelp.broker.store import migrate
from tests.helpers.databases import in_memory


def test_the_second_step_adds_accounts_and_pulse_and_keeps_the_rest() -> None:
    with in_memory() as connection:
        migrate(connection, "0001")
        connection.execute(text("INSERT INTO nameplates VALUES ('4711', 5.0)"))
        migrate(connection, "0002")
        names = inspect(connection)
        columns = {table: [column["name"] for column in names.get_columns(table)] for table in names.get_table_names()}
        assert connection.execute(text("SELECT * FROM nameplates")).all() == [("4711", 5.0)]
    assert columns["accounts"] == ["name", "password", "secret", "step", "version", "admin", "disabled"]
    assert columns["pulse"] == ["id", "beats"]
