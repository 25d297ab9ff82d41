"""What runs on the customer's computer."""
