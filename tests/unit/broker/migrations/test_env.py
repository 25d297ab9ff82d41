"""The migrations make exactly the tables that the store uses, and each can be undone."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from remotehelp.broker.account_book import AccountRow
from remotehelp.broker.store import MIGRATIONS, migrate
from tests.helpers.databases import in_memory


def test_the_newest_tables_are_those_of_the_store() -> None:
    with in_memory() as connection:
        migrate(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, AccountRow.metadata) == []


def test_there_is_one_line_of_history() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_all_can_be_undone() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with in_memory() as connection:
        migrate(connection)
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
