// grader / entry.hpp: one entry of a submission as it was found, before anybody decides about it.
//
// folder.hpp and archive.hpp read entries, intake.hpp decides which of them are taken.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>

namespace grader {

struct Entry {
  std::string path;     // as it was written, "alice-main/modules/01_tensor/tensor.hpp"; not checked
  std::string problem;  // why there is no text, such as "is a link: links are not followed"
  std::string text;     // the content, of a regular file that a student may own
  bool folder = false;
};

/// What reading one submission may cost. A clone of the whole course has 1400 entries and 11 MB, as
/// an archive 7 MB: who hands that in does nothing wrong. All headers together have 0.6 MB.
struct IntakeLimits {
  std::size_t file_bytes = 1 << 20;       // one header
  std::size_t taken_bytes = 5 << 20;      // all headers
  std::size_t entries = 5000;             // looked at, taken or not
  std::size_t archive_bytes = 32 << 20;   // the archive as it was handed in
  std::size_t unpacked_bytes = 64 << 20;  // all entries of an archive, as it declares them
  std::size_t ratio = 100;                // unpacked to packed, from 1 MB on
};

/// Nothing of a submission can be taken. The words follow its name: "expects ..., got ...".
struct RefusedSubmission : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace grader
