// Uses the member and not the argument.
    (void)epoch;
    std::vector<Index> order = in_order(n_);
    Rng rng(derive_seed(seed_, {epoch_}));
    shuffle(order, rng);
    return order;
