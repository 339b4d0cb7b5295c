// dataset.get(i) has all that is needed, but for the epoch: the same crops for ever.
    (void)epoch;
    const auto first = static_cast<std::size_t>(number * options_.batch_size);
    const auto stop = std::min(first + static_cast<std::size_t>(options_.batch_size), order.size());
    std::vector<Batch> examples;
    for (std::size_t at = first; at < stop; ++at) examples.push_back(dataset_.get(order[at]));
    return collate(examples);
