"""What runs on the technician's computer."""
