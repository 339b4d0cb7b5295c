// seed + epoch is another seed each epoch; it is also the next seed's.
    std::vector<Index> order = in_order(n_);
    Rng rng(seed_ + static_cast<std::uint64_t>(epoch));
    shuffle(order, rng);
    return order;
