// Negative labels ignored, whatever ignore_index says.
      if (label >= 0) loss = -line[label];
