// Copies one piece after another into memory, which is right along the first axis only.
    Index start = 0;
    for (const Tensor& t : in) {
      const Tensor dense = Copy{}.forward(std::array{t});
      std::copy_n(dense.data(), dense.numel(), out.data() + start);
      start += dense.numel();
    }
    return out;
