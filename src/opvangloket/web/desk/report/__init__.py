"""The annual report: its years, its form, the cases behind each number, and filing it for good."""
