// tito / mutant_program.hpp: many wrong solutions of a module in one program.
//
// Compiling a test suite takes seconds, running it takes milliseconds. So all wrong bodies go into
// the headers at once, each behind a question, and TT_MUTANT=7 in the environment of a test process
// answers it:
//     if (mutant == 7) { wrong body } else { the solution }
// Nor has each test a process of its own, as it has for students: the blank's tests run in one, then
// the others in another, and only what both let pass is run case by case.
// A body that does not compile is found by the line of the compiler's error, and left out.
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "regions.hpp"
#include "suite_proofs.hpp"

namespace tito {

/// Blanks and what stands in them instead of the solution; most have one.
using WrongBodies = std::vector<std::pair<std::string, std::string>>;

/// A header with all bodies in it; `owner` says for each line, from 1 on, which body it is of (-1: none).
struct MutantHeader {
  std::string text;
  std::vector<int> owner;
};

/// Body number i is chosen by TT_MUTANT = i + 1. Those with `left_out[i]` are not in it.
MutantHeader mutant_header(const std::string& text, const std::vector<grader::Region>& regions,
                           const std::vector<WrongBodies>& mutants,
                           const std::vector<bool>& left_out);

/// Has this test noticed?
bool notices(const grader::TestResult&);

class MutantProgram {
 public:
  /// Builds; throws InfrastructureError if the program does not compile for a reason that is none
  /// of the mutants', or if a test fails with no mutant chosen.
  MutantProgram(const ProofSetting&, const grader::Overlay& reference, const grader::Module&,
                std::vector<WrongBodies> mutants);

  /// What the compiler says of mutant i; empty if it compiles.
  const std::string& error(std::size_t i) const { return errors_[i]; }

  /// What notices mutant i: "the tests of 01.2", "a test of another blank", or the name of a test that
  /// only the grader's runner sees fail, such as one that leaks. Empty if nothing does.
  std::string noticed_by(std::size_t i) const;

  /// The result of each test of the mutant's own blank, as a student would get it.
  std::vector<grader::TestResult> run_own(std::size_t i) const;

 private:
  struct Part {
    std::string profile;
    std::vector<grader::TestCase> tests;
    std::filesystem::path executable;
  };

  void write_headers() const;
  bool drop_broken(const std::string& log);
  void drop_by_syntax();
  void build();
  bool fails_together(std::size_t i, const Part& part, bool own) const;
  template <class Visit>
  void run(std::size_t i, const Part& part, bool own, const Visit& visit) const;

  const ProofSetting& setting_;
  const grader::Module& module_;
  grader::Overlay overlay_;
  std::filesystem::path folder_;
  std::vector<WrongBodies> mutants_;
  std::vector<std::string> errors_;
  std::vector<Part> parts_;
};

}  // namespace tito
