// Divides by how many there are.
      for (Index i = 0; i < from.size; ++i) {
        to[i] = std::exp(from[i] - top) / static_cast<real>(from.size);
      }
