"""The sample: an invented postal corporation. Data only; ``levelkit.services.sample`` reads it."""
