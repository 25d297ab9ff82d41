"""The database's history, one step a file in ``versions``; run at each start (``store.py``)."""
