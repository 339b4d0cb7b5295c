#include "commands.hpp"

namespace tito {

void add_commands(const Command& tito, Context& context) {
  add_start(tito, context);
  add_doctor(tito, context);
  add_status(tito, context);
  add_next(tito, context);
  add_test(tito, context);
  add_watch(tito, context);
  add_debug(tito, context);
  add_hint(tito, context);
  add_lesson(tito, context);
  add_diff(tito, context);
  add_reset(tito, context);
  add_submit(tito, context);
  add_milestone(tito, context);
  add_run(tito, context);
  add_bench(tito, context);
  add_repro(tito, context);
  add_dev(tito, context);
  add_selftest(tito, context);
}

}  // namespace tito
