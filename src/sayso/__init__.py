"""sayso: who said what – a ledger of statements between states, read from the news."""
