"""What is left of the calendar and the events once the changes are made, and what is certain from that."""
