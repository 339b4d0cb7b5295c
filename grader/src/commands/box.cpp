// grader box, grader box-probe: what the sandbox starts inside (sandbox/probe.hpp). Not for people.
#include <memory>

#include "commands/commands.hpp"
#include "sandbox/probe.hpp"

namespace grader {

void add_box(CLI::App& app, int& exit_code) {
  struct Options {
    std::vector<std::string> readable, writable, program;
    std::string secret;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* box = app.add_subcommand("box")->group("");
  box->add_option("--read", options->readable)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  box->add_option("--write", options->writable)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  box->add_option("program", options->program)->required();
  box->callback([options, &exit_code] {
    exit_code = run_box(options->readable, options->writable, options->program);
  });
  CLI::App* probe = app.add_subcommand("box-probe")->group("");
  probe->add_option("secret", options->secret)->required();
  probe->callback([options, &exit_code] { exit_code = run_probe(options->secret); });
}

}  // namespace grader
