"""The X11 backend: mss over MIT-SHM, XDamage, XTEST."""
