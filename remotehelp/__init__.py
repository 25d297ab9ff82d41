"""RemoteHelp's core: everything but the windows; it never imports Qt."""
