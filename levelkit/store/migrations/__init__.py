"""Store: the migrations, one file per workspace format."""
