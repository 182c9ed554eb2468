"""What people should not have written is hidden: card numbers, codes, and what a desk names itself."""
