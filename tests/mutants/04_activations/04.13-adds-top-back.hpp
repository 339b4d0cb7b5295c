// log(sum exp) as one number: at 10000 its digits behind the point are gone.
      double total = 0;
      for (Index i = 0; i < from.size; ++i) total += static_cast<double>(std::exp(from[i] - top));
      const real lse = top + static_cast<real>(std::log(total));
      for (Index i = 0; i < from.size; ++i) to[i] = from[i] - lse;
