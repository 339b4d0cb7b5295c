// turns the other way
for (Index r = 0; r < rows; ++r) {
  for (Index i = 0; i < pairs; ++i) {
    const real c = cosine[r % length * pairs + i], s = sine[r % length * pairs + i];
    const real a = from[r * d + 2 * i], b = from[r * d + 2 * i + 1];
    to[r * d + 2 * i] = a * c + b * s;
    to[r * d + 2 * i + 1] = b * c - a * s;
  }
}
