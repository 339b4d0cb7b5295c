// tito / mutant_verdicts.hpp: which test notices which wrong solution, remembered by content.
#pragma once
#include <string>
#include <vector>

#include "mutant_program.hpp"

namespace tito {

struct Verdict {
  std::string error;       // what the compiler says; empty if it compiles
  std::string noticed_by;  // empty if all tests pass

  bool survived() const { return error.empty() && noticed_by.empty(); }
};

/// One for each mutant. The same body, solutions and tests have the same verdict, so only what is
/// new is built and run.
std::vector<Verdict> verdicts_of(const ProofSetting&, const grader::Overlay& reference,
                                 const grader::Module&, const std::vector<WrongBodies>&);

}  // namespace tito
