"""What a desk shows to anybody: the status page, feeds and the banner, served from memory."""
