// pixels of a run are taken to lie side by side
    windows.for_each_run([&](Index pixel, Index entry, Index count) {
      for (Index i = 0; i < count; ++i) entries[entry + i] = pixels[pixel + i];
    });
    return columns;
