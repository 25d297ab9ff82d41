"""What both faces of the program share: theme, sentences, widgets."""
