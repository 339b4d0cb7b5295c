// takes the row for the position: right for a batch of one
for (Index r = 0; r < rows; ++r) {
  for (Index i = 0; i < pairs; ++i) {
    const Index t = std::min(r, length - 1);
    const real c = cosine[t * pairs + i], s = sine[t * pairs + i];
    const real a = from[r * d + 2 * i], b = from[r * d + 2 * i + 1];
    to[r * d + 2 * i] = a * c - b * s;
    to[r * d + 2 * i + 1] = a * s + b * c;
  }
}
