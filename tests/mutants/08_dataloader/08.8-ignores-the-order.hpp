// Takes the examples by their place and not by what stands there.
    const auto first = static_cast<std::size_t>(number * options_.batch_size);
    const auto stop = std::min(first + static_cast<std::size_t>(options_.batch_size), order.size());
    std::vector<Batch> examples;
    for (std::size_t at = first; at < stop; ++at) {
      examples.push_back(get_example(dataset_, static_cast<Index>(at), epoch));
    }
    return collate(examples);
