// tito / mutants.hpp: wrong solutions that the tests must notice.
//
// tests/mutants/NN_name/ID-slug.hpp holds a wrong body for the blank ID, such as
// 03.5-keeps-the-size-one-axes.hpp; its first line is a comment: the misconception, in one
// sentence. The body is put in place of the solution's region, the rest stays the reference, and at
// least one test of the blank's own module must not pass. Two blanks in one file: each body follows
// a line `// REPLACES 03.5`.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "suite_proofs.hpp"
#include "mutant_program.hpp"

namespace tito {

struct Mutant {
  std::filesystem::path file;
  std::string name;     // "03.5-keeps-the-size-one-axes"
  std::string thought;  // the first line, without its slashes
  WrongBodies bodies;
};

/// The mutants of a module, by name. Throws UsageError for a file without its first line, or of a
/// blank that the module does not have.
std::vector<Mutant> find_mutants(const grader::Course&, const grader::Module&);

struct MutantCount {
  int tried = 0, caught = 0;
};

/// Each mutant of the setting's modules (each `every`th, for a sample) is caught.
Problems prove_mutants(const ProofSetting&, int every = 1, MutantCount* count = nullptr);

}  // namespace tito
