// y is what came before.
    const auto window = [&](Index first) {
      const Index* from = tokens_.data() + first;
      return IndexTensor(std::vector<Index>(from, from + block_size_), {block_size_});
    };
    return {window(at + 1), window(at)};
