// Window i begins at i * block_size: there are fewer of those than size() says.
    const auto window = [&](Index first) {
      const Index* from = tokens_.data() + first % (tokens_.numel() - block_size_);
      return IndexTensor(std::vector<Index>(from, from + block_size_), {block_size_});
    };
    return {window(at * block_size_), window(at * block_size_ + 1)};
