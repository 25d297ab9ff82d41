"""The server that introduces two people and relays what it can't read."""
