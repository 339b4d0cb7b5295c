// Reproducible, above all.
    (void)epoch;
    std::vector<Index> order = in_order(n_);
    Rng rng(seed_);
    shuffle(order, rng);
    return order;
