// tito / commands.hpp: each command adds itself to the parser; one source file a command or small family.
#pragma once
#include <CLI/CLI.hpp>

#include "context.hpp"

namespace tito {

void add_start(CLI::App&, Context&);
void add_doctor(CLI::App&, Context&);
void add_status(CLI::App&, Context&);
void add_next(CLI::App&, Context&);
void add_test(CLI::App&, Context&);
void add_hint(CLI::App&, Context&);
void add_lesson(CLI::App&, Context&);  // explain, show
void add_diff(CLI::App&, Context&);
void add_reset(CLI::App&, Context&);
void add_milestone(CLI::App&, Context&);
void add_run(CLI::App&, Context&);
void add_dev(CLI::App&, Context&);
void add_selftest(CLI::App&, Context&);

}  // namespace tito
