"""What people's questions teach: proposals, and managers' decisions about them."""
