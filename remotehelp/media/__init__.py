"""Pictures and sound: encoding, decoding, conversion."""
