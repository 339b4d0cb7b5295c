// milestones / support / stop.hpp: the ways in which a milestone can end, as exit codes.
#pragma once
#include <stdexcept>

namespace milestone {

inline constexpr int exit_passed = 0;
inline constexpr int exit_fell_short = 1;  // below the gate, or the framework stopped with an error
inline constexpr int exit_usage = 2;
inline constexpr int exit_infrastructure =
    3;  // a file of the course is missing or broken: nobody's homework
inline constexpr int exit_skipped = 4;  // a file that is not part of the course was not fetched

/// The command line makes no sense.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Something outside the student's code is wrong: a data set, a disk.
struct InfrastructureError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// It runs on a file that the repository does not hold, and that is not here.
struct Skipped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace milestone
