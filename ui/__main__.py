"""The entry point ``remotehelp``: the command line of the core, and the commands that open windows."""

from __future__ import annotations

import sys

import click

from remotehelp.cli import cli, run

WINDOW = "window"  # what `remotehelp` alone stands for


@cli.command(WINDOW, hidden=True)
def window() -> None:
    """Open the customer's window."""
    from ui.opening import open_customer  # Qt only where a window opens

    open_customer(None)


@cli.command()
@click.argument("link")
def join(link: str) -> None:
    """Open the customer's window with the LINK from a helper; nothing is shared by that."""
    from ui.opening import open_customer

    open_customer(link)


@cli.command()
@click.option("--broker", help="The address of your organisation's server.")
@click.option("--camera", metavar="FILE", help="Take the face from a video file, marked as a demonstration.")
def technician(broker: str | None, camera: str | None) -> None:
    """Open the technician's window."""
    from ui.opening import open_technician

    open_technician(broker, camera)


def main() -> None:
    """Run the command line; the process ends with its status (ARCHITECTURE.md)."""
    sys.exit(run(cli, sys.argv[1:] or [WINDOW]))


if __name__ == "__main__":
    main()
