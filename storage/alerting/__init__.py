"""What alerts are kept by, and what spikes of questions are found by."""
