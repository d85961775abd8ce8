"""What a notice says of itself: letterhead, title, issuer, number, dates, and what each of its blocks is."""
