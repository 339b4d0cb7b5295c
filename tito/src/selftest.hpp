// tito / selftest.hpp: every proof of the repository, each with its time.
#pragma once
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "context.hpp"
#include "proofs/problems.hpp"

namespace tito {

/// Thrown by a step that cannot be tried here, with the reason: neither passed nor failed.
struct Skipped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct SelftestStep {
  std::string name;
  bool quick = true;  // part of --quick as well
  std::function<Problems()> prove;
  bool one_core = false;  // uses one processor: several such steps in a row run side by side
};

/// The steps for this machine, in order. `drift`: also compare modules/ with what sync would write.
std::vector<SelftestStep> selftest_steps(const Context&, bool drift);

/// Runs them all, whatever fails; prints what failed; the last line is "N passed, N failed"
/// and, if there are any, ", N skipped".
int run_selftest(const Context&, const std::vector<SelftestStep>&);

}  // namespace tito
