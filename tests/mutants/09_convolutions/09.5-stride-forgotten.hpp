// entries of a run are added to neighbouring pixels
    windows.for_each_run([&](Index pixel, Index entry, Index count) {
      for (Index i = 0; i < count; ++i) pixels[pixel + i] += entries[entry + i];
    });
    return images;
