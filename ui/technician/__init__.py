"""The technician's windows."""
