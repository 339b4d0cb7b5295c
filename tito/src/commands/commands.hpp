// tito / commands.hpp: each command adds itself to the parser; one source file a command or small
// family.
#pragma once
#include <memory>

#include "command.hpp"
#include "context.hpp"

namespace tito {

void add_start(const Command& tito, Context&);
void add_doctor(const Command& tito, Context&);
void add_status(const Command& tito, Context&);
void add_next(const Command& tito, Context&);
void add_test(const Command& tito, Context&);
void add_watch(const Command& tito, Context&);
void add_debug(const Command& tito, Context&);
void add_hint(const Command& tito, Context&);
void add_lesson(const Command& tito, Context&);  // explain, show
void add_diff(const Command& tito, Context&);
void add_reset(const Command& tito, Context&);
void add_submit(const Command& tito, Context&);
void add_milestone(const Command& tito, Context&);
void add_run(const Command& tito, Context&);
void add_bench(const Command& tito, Context&);
void add_repro(const Command& tito, Context&);
void add_dev(const Command& tito, Context&);
void add_selftest(const Command& tito, Context&);

/// `tito test WHAT`, for others that test: its exit code.
int run_tests(const Context&, const std::string& what);

/// All of them, in the order of --help.
void add_commands(const Command& tito, Context&);

/// Reads the arguments and runs the command they name; its exit code.
int run_command_line(int argc, char** argv, Context&);

}  // namespace tito
