"""What happens: questions, answers, offers, places, month after month."""
