"""What is published: the post in the channel, what operators and customers read."""
