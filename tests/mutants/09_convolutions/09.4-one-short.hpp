// the last number of each run is left out
    windows.for_each_run([&](Index pixel, Index entry, Index count) {
      for (Index i = 0; i + 1 < count; ++i) entries[entry + i] = pixels[pixel + i * stride];
    });
    return columns;
