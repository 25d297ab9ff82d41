"""This computer: its screens, its mouse and keyboard, its panic key; one backend a platform."""
