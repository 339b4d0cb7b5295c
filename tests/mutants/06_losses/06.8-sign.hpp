// The number itself, not minus it.
      if (label != ignore_index) loss = line[label];
