// As if the classes always stood side by side.
      if (label != ignore_index) loss = -line.first[label];
