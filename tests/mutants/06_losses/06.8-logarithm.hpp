// The logarithm taken once more: the input is one already.
      if (label != ignore_index) loss = -std::log(line[label]);
