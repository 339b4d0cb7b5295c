// the stride is on the wrong side
    windows.for_each_run([&](Index pixel, Index entry, Index count) {
      for (Index i = 0; i < count; ++i) pixels[pixel + i * stride] += entries[entry + i * stride];
    });
    return images;
