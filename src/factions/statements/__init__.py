"""What is said of finished worlds: predicates, and the claims, outcomes and shares that are made of them."""
