"""Services: use cases for the window and the command line; transactions, clock, progress and cancel."""
