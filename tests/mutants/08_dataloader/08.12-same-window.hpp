// y is x: copying is easy to learn.
    const Index* from = tokens_.data() + at;
    const IndexTensor window(std::vector<Index>(from, from + block_size_), {block_size_});
    return {window, window};
