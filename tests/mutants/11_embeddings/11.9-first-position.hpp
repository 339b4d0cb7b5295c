// gives every row the angle of position 0
for (Index r = 0; r < rows; ++r) {
  for (Index i = 0; i < pairs; ++i) {
    const real c = cosine[Index{0} * pairs + i], s = sine[Index{0} * pairs + i];
    const real a = from[r * d + 2 * i], b = from[r * d + 2 * i + 1];
    to[r * d + 2 * i] = a * c - b * s;
    to[r * d + 2 * i + 1] = a * s + b * c;
  }
}
