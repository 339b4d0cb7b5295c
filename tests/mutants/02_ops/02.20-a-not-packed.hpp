// reads a as rows of the matrix, not as packed columns
for (Index k = 0; k < depth; ++k) {
  for (int r = 0; r < rows; ++r) {
    for (int v = 0; v < vectors; ++v) {
      sum[r][v] += a[r * depth + k] * *reinterpret_cast<const Vec*>(b + v * width);
    }
  }
  b += vectors * width;
}
