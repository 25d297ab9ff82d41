"""The Qt shell: it shows a state, sends an event and decides nothing."""
