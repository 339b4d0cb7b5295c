// pairs i with i + d/2, as Hugging Face does
for (Index r = 0; r < rows; ++r) {
  for (Index i = 0; i < pairs; ++i) {
    const real c = cosine[r % length * pairs + i], s = sine[r % length * pairs + i];
    const real a = from[r * d + i], b = from[r * d + pairs + i];
    to[r * d + i] = a * c - b * s;
    to[r * d + pairs + i] = a * s + b * c;
  }
}
