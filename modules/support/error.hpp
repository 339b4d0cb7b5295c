// support / error.hpp: one family of errors, thrown by the public function that was called.
//
// A message is `who: expects WHAT, got WHAT`; further lines start with two spaces: the cause, then
// `hint:`.
#pragma once
#include <stdexcept>
#include <string>

namespace tinytorch {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Shapes that do not fit together, or a shape that cannot be.
struct ShapeError : Error {
  using Error::Error;
};

/// An axis or an index out of range.
struct IndexError : Error {
  using Error::Error;
};

/// A value that an argument may not have.
struct ValueError : Error {
  using Error::Error;
};

/// The graph cannot do what was asked of it: freed, changed in place, without a rule.
struct AutogradError : Error {
  using Error::Error;
};

/// Storage that the machine does not have.
struct MemoryError : Error {
  using Error::Error;
};

/// A file that cannot be read, or does not hold what it should.
struct FileError : Error {
  using Error::Error;
};

/// A blank that nobody has written yet (todo.hpp).
struct NotImplemented : Error {
  using Error::Error;
};

}  // namespace tinytorch
