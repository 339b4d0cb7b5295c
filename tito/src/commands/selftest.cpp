// tito selftest: all that the repository proves about itself.
#include "selftest.hpp"

#include <cstdlib>

#include "commands.hpp"

namespace tito {

void add_selftest(const Command& tito, Context& context) {
  auto quick = std::make_shared<bool>(false);
  const Command command = tito.add("selftest", "every test and proof of this repository");
  command.flag("--quick", *quick,
               "one compiler a proof; no sanitizers, doubles, prefix, grader, milestones");
  command.action([&context, quick] {
    // On a build machine modules/ must be what sync writes; at a student's desk it holds a
    // student's work.
    const char* ci = std::getenv("CI");
    std::vector<SelftestStep> steps =
        selftest_steps(context, ci != nullptr && std::string(ci) == "true");
    if (*quick) std::erase_if(steps, [](const SelftestStep& step) { return !step.quick; });
    context.exit_code = run_selftest(context, steps);
  });
}

}  // namespace tito
