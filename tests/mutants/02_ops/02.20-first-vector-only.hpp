// moves on in b by one Vec, as if there were only one
for (Index k = 0; k < depth; ++k) {
  for (int r = 0; r < rows; ++r) {
    for (int v = 0; v < vectors; ++v) {
      sum[r][v] += a[r] * *reinterpret_cast<const Vec*>(b + v * width);
    }
  }
  a += rows;
  b += width;
}
