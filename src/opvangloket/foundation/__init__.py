"""What every domain stands on: desks and scopes, people, audit, messages, geography, the clock."""
