"""One module per subcommand: `arguments(parser)` and `run(arguments) -> exit code`."""
