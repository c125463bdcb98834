"""What happens to unmet need if services change: scenarios, their effect, and the best places."""
