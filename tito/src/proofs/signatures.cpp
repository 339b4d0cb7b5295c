#include "signatures.hpp"

#include <algorithm>

#include "files.hpp"
#include "misconceptions.hpp"
#include "mutants.hpp"
#include "parallel.hpp"
#include "sync.hpp"

namespace tito {
using grader::Misconception;
using grader::Module;
using grader::Signature;
namespace {

constexpr std::size_t most_sharing = 2;

std::vector<Signature> signatures_of(const ProofSetting& setting, const grader::Overlay& reference,
                                     const Module& module, const std::vector<Mutant>& mutants) {
  std::vector<WrongBodies> bodies;
  for (const Mutant& mutant : mutants) bodies.push_back(mutant.bodies);
  const MutantProgram program(setting, reference, module, std::move(bodies));
  std::vector<Signature> signatures(mutants.size());
  grader::parallel_for(mutants.size(), setting.options.jobs, [&](std::size_t i) {
    if (!program.error(i).empty()) return;
    const std::string& blank = mutants[i].bodies.front().first;
    const Signature first = signature_of(program.run_own(i), blank);
    if (first.tells_something() && first == signature_of(program.run_own(i), blank)) {
      signatures[i] = first;
    }
  });
  return signatures;
}

}  // namespace

SignatureCount write_signatures(const ProofSetting& setting) {
  const grader::Overlay reference = solved_tree(setting.course, setting.work / "solved");
  const auto file = grader::signatures_file(setting.course.root);
  std::vector<Misconception> all = grader::read_misconceptions(setting.course.root);
  SignatureCount count;
  for (const Module* module : setting.modules) {
    std::erase_if(
        all, [&](const Misconception& one) { return module->find_blank(one.blank) != nullptr; });
    const std::vector<Mutant> mutants = find_mutants(setting.course, *module);
    if (mutants.empty()) continue;
    const std::vector<Signature> signatures = signatures_of(setting, reference, *module, mutants);
    std::vector<Misconception> found;
    for (std::size_t i = 0; i < mutants.size(); ++i) {
      ++count.mutants;
      if (!signatures[i].tells_something()) continue;
      const std::string& blank = mutants[i].bodies.front().first;
      const auto same = std::find_if(found.begin(), found.end(), [&](const Misconception& one) {
        return one.blank == blank && one.signature == signatures[i];
      });
      if (same == found.end()) {
        found.push_back({blank, {mutants[i].name}, mutants[i].thought, signatures[i]});
      } else {
        same->mutants.push_back(mutants[i].name);
        same->sentence += " Or: " + mutants[i].thought;
      }
    }
    for (Misconception& one : found) {
      if (one.mutants.size() > most_sharing) continue;
      count.told += static_cast<int>(one.mutants.size());
      all.push_back(std::move(one));
    }
  }
  std::stable_sort(all.begin(), all.end(), [&](const Misconception& a, const Misconception& b) {
    return a.blank.substr(0, 2) < b.blank.substr(0, 2);
  });
  grader::write_if_changed(file, misconceptions_text(all));
  return count;
}

}  // namespace tito
