// Fills the last batch up with examples from the front: some are seen twice.
    const Index first = number * options_.batch_size;
    std::vector<Batch> examples;
    for (Index at = first; at < first + options_.batch_size; ++at) {
      const auto place = static_cast<std::size_t>(at % static_cast<Index>(order.size()));
      examples.push_back(get_example(dataset_, order[place], epoch));
    }
    return collate(examples);
